import type { Words } from '../words.ts'

/** The server says these in English; in Chinese they go by their code. */
export const errorsWords = {
  'issue.unknown_node_type': ['Node “{node}” has a type that is not installed.', '节点“{node}”的类型未安装。'],
  'issue.newer_node_version': [
    'Node “{node}” was saved by a newer version of its type.',
    '节点“{node}”由该类型的更新版本保存。',
  ],
  'issue.unknown_param': [
    'Node “{node}” has no param “{param}”. Valid: {valid}.',
    '节点“{node}”没有参数“{param}”。可用：{valid}。',
  ],
  'issue.param_invalid': [
    'Node “{node}”: the value of “{param}” is not allowed.',
    '节点“{node}”：参数“{param}”的值不允许。',
  ],
  'issue.unknown_input': [
    'Node “{node}” has no input “{port}”. Valid: {valid}.',
    '节点“{node}”没有输入“{port}”。可用：{valid}。',
  ],
  'issue.link_node_missing': [
    'Node “{node}”, input “{port}” is linked to a node that is not there.',
    '节点“{node}”的输入“{port}”连到了不存在的节点。',
  ],
  'issue.link_port_missing': [
    'Node “{node}”, input “{port}” is linked to an output that is not there. Valid: {valid}.',
    '节点“{node}”的输入“{port}”连到了不存在的输出。可用：{valid}。',
  ],
  'issue.type_mismatch': [
    'Node “{node}”, input “{port}” gets a value of the wrong type.',
    '节点“{node}”的输入“{port}”收到的类型不对。',
  ],
  'issue.too_many_links': [
    'Node “{node}”, input “{port}” takes one link only.',
    '节点“{node}”的输入“{port}”只能接一条连线。',
  ],
  'issue.input_missing': ['Node “{node}” needs a link at “{port}”.', '节点“{node}”的“{port}”需要连线。'],
  'issue.cycle': ['Node “{node}” is part of a loop.', '节点“{node}”处在回路中。'],
  'issue.input_target_missing': [
    'A declared input points at “{node}” “{param}”, which is not there.',
    '声明的输入指向不存在的“{node}”“{param}”。',
  ],
  'issue.output_target_missing': [
    'A declared output points at “{node}” “{port}”, which is not there.',
    '声明的输出指向不存在的“{node}”“{port}”。',
  ],
  'issue.input_value_invalid': ['The value of the input for “{param}” is not allowed.', '“{param}”的输入值不允许。'],
  'issue.unknown_input_name': [
    'The workflow declares no such input. Valid: {valid}.',
    '工作流没有声明这个输入。可用：{valid}。',
  ],
  'issue.unknown_output_name': [
    'The workflow declares no such output. Valid: {valid}.',
    '工作流没有声明这个输出。可用：{valid}。',
  ],
  'issue.file_missing': ['Node “{node}”: the file of “{param}” is missing.', '节点“{node}”：“{param}”的文件缺失。'],
  'issue.file_refused': [
    'Node “{node}”: the file of “{param}” lies outside the allowed folders.',
    '节点“{node}”：“{param}”的文件不在允许的文件夹内。',
  ],
  'issue.model_missing': [
    'Node “{node}” needs a model that is not installed. Installed: {valid}.',
    '节点“{node}”需要的模型未安装。已安装：{valid}。',
  ],
  'issue.clock_mismatch': [
    'Node “{node}”: picture and sound would differ in length.',
    '节点“{node}”：画面与声音的长度会不一致。',
  ],
  'issue.no_outputs': [
    'Nothing to run: add a node that saves or shows a result.',
    '没有可运行的内容：请添加一个保存或显示结果的节点。',
  ],
  'error.node_failed': ['A node failed', '节点运行失败'],
  'error.model_missing': ['A model is not installed', '模型未安装'],
  'error.model_invalid': ['A model cannot be used', '模型无法使用'],
  'error.provider_failed': ['The compute device failed', '计算设备出错'],
  'error.media_unreadable': ['A media file cannot be read', '无法读取媒体文件'],
  'error.media_too_large': ['A media file is too large', '媒体文件过大'],
  'error.media_write_failed': ['The result could not be written', '无法写出结果'],
  'error.ffmpeg_missing': ['ffmpeg is missing', '缺少 ffmpeg'],
  'error.disk_full': ['The disk is full', '磁盘已满'],
  'error.file_missing': ['A file is missing', '文件缺失'],
  'error.worker_crashed': ['The worker stopped unexpectedly', '工作进程意外停止'],
  'error.run_interrupted': ['The run was interrupted', '运行被中断'],
  'error.internal': ['Something unexpected happened', '发生意外错误'],
} satisfies Words
