import type { Words } from '../words.ts'

/** The canvas: nodes, ports, links, palette, drops. */
export const canvasWords = {
  'node.mute': ['Muted', '已禁用'],
  'node.bypass': ['Bypassed', '已绕过'],
  'node.rename': ['Name of the node', '节点名称'],
  'node.advanced': ['{n} more', '另有 {n} 项'],
  'node.unknown': [
    'The node type “{type}” is not installed. Its values and links are kept as they are.',
    '节点类型“{type}”未安装。它的参数和连线会原样保留。',
  ],
  'node.noBypass': [
    'Node “{node}” cannot be bypassed: its type names no input that could stand in for its output.',
    '节点“{node}”无法绕过：该类型没有可代替其输出的输入。',
  ],
  'port.optional': ['optional', '可选'],
  'port.listOf': ['list of {type}', '{type} 列表'],
  'canvas.label': ['Graph of the workflow', '工作流节点图'],
  'canvas.minimap': ['Minimap', '小地图'],
  'canvas.emptyTitle': ['An empty canvas', '空白画布'],
  'canvas.emptyHint': [
    'Double-click, or press Shift+A, to add a node. Drop a picture, a song or a workflow file anywhere.',
    '双击或按 Shift+A 添加节点，也可以把图片、歌曲或工作流文件拖到任意位置。',
  ],
  'palette.title': ['Add a node', '添加节点'],
  'palette.search': ['Search nodes', '搜索节点（支持拼音）'],
  'palette.nothing': ['No node fits.', '没有合适的节点。'],
  'chooser.title': ['Which port?', '连到哪个端口？'],
  'refusal.types': ['This input takes {to}, and the cable carries {from}.', '此输入需要 {to}，而连线传送的是 {from}。'],
  'refusal.loop': [
    'This would make a loop: the node already feeds the one the cable comes from.',
    '这样会形成回路：该节点已经在为连线的起点供给数据。',
  ],
  'refusal.bothOutputs': [
    'Both are outputs. A cable runs from an output to an input.',
    '两端都是输出。连线应从输出接到输入。',
  ],
  'refusal.bothInputs': [
    'Both are inputs. A cable runs from an output to an input.',
    '两端都是输入。连线应从输出接到输入。',
  ],
  'refusal.sameNode': ['A node cannot feed itself.', '节点不能连接自己。'],
  'refusal.unknownPort': [
    'This port does not exist in the installed version of the node.',
    '所安装的节点版本没有这个端口。',
  ],
  'refusal.insert': ['Insert {node}', '插入“{node}”'],
} satisfies Words
