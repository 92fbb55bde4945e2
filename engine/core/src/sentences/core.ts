import type { Sentences } from './sentences.ts'

/** Workflow files, validation, planning, running. */
export const coreSentences: Sentences = {
  // Names and hints that stand inside other sentences.
  '{input} (node "{node}", param "{param}")': '“{input}”（节点“{node}”，参数“{param}”）',
  'Node "{node}", param "{param}"': '节点“{node}”的参数“{param}”',
  ' (did you mean "{near}"?)': '（是不是“{near}”？）',
  '{where}: {problem}': '{where}：{problem}',
  '{problem} (and {#n} more)': '{problem}（另有 {#n} 个问题）',
  'from {#min} to {#max}': '在 {#min} 到 {#max} 之间',
  'at most {#max}': '不大于 {#max}',
  'at least {#min}': '不小于 {#min}',

  // The file.
  'A workflow is a JSON object; this is {kind}.': '工作流应是 JSON 对象，而这是{kind}。',
  'an array': '数组',
  'a string': '文本',
  'a number': '数字',
  'a boolean': '是/否值',
  'a undefined': '空内容',
  null: '空值 null',
  'This JSON is no Beatloom workflow: it has no "beatloom" version number.':
    '此 JSON 不是 Beatloom 工作流：其中没有 beatloom 版本号。',
  'This workflow was saved by a newer Beatloom (file version {#version}; this one reads up to {#known}).':
    '此工作流由更新版本的 Beatloom 保存（文件版本 {#version}，本版本最高可读 {#known}）。',
  'This file is no valid workflow: {problem}': '此文件不是有效的工作流：{problem}',
  'This file is not JSON: {reason}.': '此文件不是 JSON：{reason}。',
  'The workflow is not valid.': '工作流无效。',

  // Nodes and their values.
  'Node "{node}" has the unknown type "{type}"{hint}.': '节点“{node}”的类型“{type}”未安装{hint}。',
  'Node "{node}" ({title}) was saved by a newer version ({#version}; this Beatloom has {#known}).':
    '节点“{node}”（{title}）由更新的节点版本保存（{#version}，此 Beatloom 中为 {#known}）。',
  'Node "{node}" ({title}) has no param "{param}"{hint}.': '节点“{node}”（{title}）没有参数“{param}”{hint}。',
  '{where}: no file is chosen.': '{where}：尚未选择文件。',
  'Node "{node}": {reason}': '节点“{node}”：{reason}',
  'Node "{node}" ({title}) failed: {reason}': '节点“{node}”（{title}）运行失败：{reason}',
  'The value linked to "{param}" does not fit: {problem}': '接到“{param}”的值不合适：{problem}',

  // Links.
  'Node "{node}" is bypassed, but nothing passes through it to output "{port}".':
    '节点“{node}”已绕过，但没有内容可直通到它的输出“{port}”。',
  'Node "{node}" ({title}) has no input "{port}"{hint}.': '节点“{node}”（{title}）没有输入“{port}”{hint}。',
  'Input "{port}" of node "{node}" takes one link and has {#count}.':
    '节点“{node}”的输入“{port}”只能接一条连线，现有 {#count} 条。',
  'Node "{node}" ({title}) needs its input "{port}" ({type}) linked.':
    '节点“{node}”（{title}）的输入“{port}”（{type}）需要连线。',
  'Input "{port}" of node "{node}" is linked to node "{source}", which does not exist{hint}.':
    '节点“{node}”的输入“{port}”连到了不存在的节点“{source}”{hint}。',
  'Node "{source}" ({title}) has no output "{output}"{hint}; input "{port}" of "{node}" is linked to it.':
    '节点“{source}”（{title}）没有输出“{output}”{hint}；节点“{node}”的输入“{port}”却接在上面。',
  'Output "{output}" of "{source}" is {from}; input "{port}" of "{node}" takes {to}.':
    '节点“{source}”的输出“{output}”是 {from}，而节点“{node}”的输入“{port}”需要 {to}。',
  'These nodes feed each other in a circle: {nodes}.': '这些节点互相供给，形成回路：{nodes}。',
  'These nodes wait for each other: {nodes}.': '这些节点互相等待：{nodes}。',

  // Time.
  'Frames at {#from} fps and frames at {#to} fps meet at node "{node}" ({title}){way}.':
    '每秒 {#from} 帧与每秒 {#to} 帧的画面在节点“{node}”（{title}）相遇{way}。',
  '; give one the rate of the other with "{title}"': '；请用“{title}”使两者帧率一致',
  'The plan at node "{node}" ({title}) is for {#from} fps and its pictures come at {#to} fps{way}.':
    '节点“{node}”（{title}）的计划为每秒 {#from} 帧，而画面为每秒 {#to} 帧{way}。',
  '; give them its rate with "{title}"': '；请用“{title}”把画面改为计划的帧率',
  'The picture at node "{node}" ({title}) lasts {#picture} s and the sound {#sound} s; they may differ by one frame at most{way}.':
    '节点“{node}”（{title}）的画面长 {#picture} 秒，声音长 {#sound} 秒；两者最多只能相差一帧{way}。',
  '; give the sound the same length with "{title}"': '；请用“{title}”使声音同样长',
  'The plan at node "{node}" ({title}) is of {#plan} s of sound and its audio lasts {#sound} s; link the sound that it was made of{way}.':
    '节点“{node}”（{title}）的计划出自 {#plan} 秒的声音，而音频长 {#sound} 秒；请连接制定计划所用的声音{way}。',
  'The plan at node "{node}" ({title}) is of {#plan} s of sound and its beats of {#beats} s; link the beats that it was made of.':
    '节点“{node}”（{title}）的计划出自 {#plan} 秒的声音，而节拍出自 {#beats} 秒的声音；请连接制定计划所用的节拍。',
  'The audio at node "{node}" ({title}) lasts {#sound} s and its beats are of {#beats} s of sound{way}.':
    '节点“{node}”（{title}）的音频长 {#sound} 秒，而节拍出自 {#beats} 秒的声音{way}。',
  '; find those of this very sound with "{title}"': '；请用“{title}”找出这段声音自己的节拍',
  'The plan at node "{node}" ({title}) lasts {#plan} s and the videos linked {#videos} s in all; link every shot of this very plan.':
    '节点“{node}”（{title}）的计划长 {#plan} 秒，而连接的视频共 {#videos} 秒；请连接这份计划的全部镜头。',

  // Declared inputs and outputs.
  'This workflow has no input "{name}"{hint}.': '此工作流没有输入“{name}”{hint}。',
  'Input "{name}" points at node "{node}", which does not exist.': '输入“{name}”指向不存在的节点“{node}”。',
  'Input "{name}" points at param "{param}" of "{node}", which has no such param{hint}.':
    '输入“{name}”指向节点“{node}”的参数“{param}”，但该节点没有这个参数{hint}。',
  '{name} is {value}; it must be {range}.': '“{name}”的值为 {value}，应{range}。',
  'Nothing to run: no output is declared and no node saves or shows anything.':
    '没有可运行的内容：没有声明输出，也没有保存或显示结果的节点。',
  'This workflow has no output "{name}"{hint}.': '此工作流没有输出“{name}”{hint}。',
  'Output "{name}" points at node "{node}", which does not exist.': '输出“{name}”指向不存在的节点“{node}”。',
  'Output "{name}" comes from node "{node}", which passes on what feeds it, and nothing does.':
    '输出“{name}”来自节点“{node}”，它只传递接入的内容，而现在没有任何接入。',
  'Output "{name}" points at port "{port}" of "{node}", which has no such output.':
    '输出“{name}”指向节点“{node}”的端口“{port}”，但该节点没有这个输出。',
  'There is no node "{node}" to run to.': '没有可运行到的节点“{node}”。',

  // Running.
  'Nothing came for its input "{port}": what is linked there gives nothing here.':
    '输入“{port}”没有得到内容：接在那里的输出在此为空。',
  'The run was cancelled.': '运行已取消。',
  'There is no node "{node}".': '没有节点“{node}”。',
  '"{node}" did not finish': '“{node}”没有完成',
  '"{node}" failed': '“{node}”运行失败',
  'its input is blocked': '它的输入被阻断',
  'A node that expands into a sub-graph cannot run over a list.': '会展开为子图的节点不能对列表逐项运行。',
  'The sub-graph of "{node}" links to "{target}", which does not exist.':
    '节点“{node}”的子图连到了不存在的“{target}”。',
  'The sub-graph of "{node}" goes in a circle: {nodes}.': '节点“{node}”的子图形成回路：{nodes}。',
  'The sub-graph of "{node}" uses the unknown node type "{type}".': '节点“{node}”的子图用到未安装的类型“{type}”。',
  'Node "{node}": {param} {problem}': '节点“{node}”：{param}：{problem}',
  'Node "{node}": its input "{port}" cannot take "{output}" of "{source}".':
    '节点“{node}”的输入“{port}”不能接“{source}”的“{output}”。',

  // Why a node runs, in a plan.
  'runs every time': '每次都会运行',
  'not run before': '此前没有运行过',
  'was a {type} before': '此前的类型是 {type}',
  'the node type changed (version {#from} → {#to})': '节点类型有变化（版本 {#from} → {#to}）',
  'param "{param}" changed': '参数“{param}”改变了',
  'the file of "{param}" changed': '“{param}”的文件改变了',
  'the model, its provider or the runtime changed': '模型、其运行设备或运行环境改变了',
  'no longer in the cache': '结果已不在缓存中',
  '"{id}" ({title}) gives nothing here: one of its inputs is blocked.':
    '“{id}”（{title}）在这里没有输出：它的某个输入被阻断。',
  'is made anew whenever it is needed': '每次需要时重新生成',
  'frames are made anew when they are read': '画面每次读取时重新生成',
  'input "{port}" is no longer linked': '输入“{port}”不再连线',
  'input "{port}" has other links': '输入“{port}”的连线改变了',
  'input "{port}" comes from elsewhere ("{node}")': '输入“{port}”改由“{node}”供给',
  'input "{port}" changed (from "{node}")': '输入“{port}”改变了（来自“{node}”）',
}
