import type { Sentences } from './sentences.ts'

/** What the command line says beside the engine's own sentences. */
export const cliSentences: Sentences = {
  'error: {problem} [{code}]': '错误：{problem} [{code}]',
  'warning: {problem} [{code}]': '警告：{problem} [{code}]',
  'warning: {problem}': '警告：{problem}',
  'note: {text}': '提示：{text}',
  '{problem}.': '{problem}。',
  '{problem} Valid: {names}.': '{problem}可用：{names}。',
  'This workflow can run.': '此工作流可以运行。',
  'Cancelled.': '已取消。',
  'Cancelling; press Ctrl+C again to stop at once.': '正在取消；再按一次 Ctrl+C 立即停止。',
  'Done in {#seconds} s.': '已完成，用时 {#seconds} 秒。',
  'made ({type})': '已生成（{type}）',
  'Processing audio features': '分析音频',
  'Generating frames': '生成画面',
  'Encoding video': '编码视频',
  '{phase}: step {#step} of {#steps}': '{phase}：第 {#step} 步，共 {#steps} 步',
  'The worker ended; starting again (attempt {#attempt}).': '工作进程已结束，正在重新开始（第 {#attempt} 次）。',
  'Another beatloom command is using the data folder; waiting for it to end (or set BEATLOOM_DATA to another folder).':
    '另一个 beatloom 命令正在使用数据文件夹；正在等它结束（也可把 BEATLOOM_DATA 设为其他文件夹）。',
  'The server at {url} does not answer any more.': '位于 {url} 的服务器不再响应。',
  'The server no longer has {file}.': '服务器上已没有 {file}。',
  'Beatloom is already running: {url}': 'Beatloom 已在运行：{url}',
  'Beatloom is ready: {url}': 'Beatloom 已就绪：{url}',
  'On other devices: {url}': '其他设备访问地址：{url}',
  'The port is "{text}"; it must be a whole number from 0 to 65535.': '端口为“{text}”，应为 0 到 65535 的整数。',
  'Port {#port} is taken by another program; choose another with --port or BEATLOOM_PORT.':
    '端口 {#port} 已被其他程序占用；请用 --port 或 BEATLOOM_PORT 另选一个。',

  // What was typed.
  'There is no command "{name}"; there are {names}.': '没有命令“{name}”；可用的命令：{names}。',
  'There is no node type "{name}"{hint}. Types: {types}.': '没有节点类型“{name}”{hint}。现有类型：{types}。',
  'Name a workflow file, or one of the gallery.': '请给出工作流文件，或模板库中的名称。',
  'There is no workflow file "{name}".': '没有工作流文件“{name}”。',
  '"{name}" is too large to be a workflow (over 32 MB).': '“{name}”过大，不可能是工作流（超过 32 MB）。',
  '"{name}": {problem}': '“{name}”：{problem}',
  'Not understood: {words}.': '无法理解：{words}。',
  '{input}: there is no file "{path}".': '{input}：没有文件“{path}”。',
  '{flag} needs a value.': '{flag} 需要一个值。',
  '--{flag} needs a value.': '--{flag} 需要一个值。',
  '--input {pair}: this workflow has no input "{name}"; it has {names}.':
    '--input {pair}：此工作流没有输入“{name}”；它的输入有 {names}。',
  '{flag} takes {kind}; "{text}" is not that.': '{flag} 需要{kind}，“{text}”不符合。',
  'There is no flag {flag}{hint}; there are {flags}.': '没有选项 {flag}{hint}；可用的选项：{flags}。',
  ' (did you mean --{near}?)': '（是不是 --{near}？）',
  'a picture': '图片',
  'an audio file': '音频文件',
  'a video file': '视频文件',
  'an image file': '图片文件',
  'a workflow file': '工作流文件',
  'a file': '文件',
  'true or false': 'true 或 false',
  'a whole number from 0 to 18446744073709551615': '0 到 18446744073709551615 的整数',
  'a number from {#min} to {#max}': '{#min} 到 {#max} 的数字',
  'a number up to {#max}': '不大于 {#max} 的数字',
  'a number from {#min}': '不小于 {#min} 的数字',

  // The quote.
  '{#run} to run, {#cached} cached': '{#run} 个待运行，{#cached} 个已缓存',
  '{#low} to {#high} s, {memory} of memory, {disk} on the disk': '{#low} 到 {#high} 秒，内存 {memory}，磁盘 {disk}',
  'Quote: {work}.': '预估：{work}。',
  'Quote: {work}; {needs}.': '预估：{work}；{needs}。',

  // Models and devices.
  'runs on {device}': '运行于 {device}',
  '{model} {#seconds} s a call': '{model} 每次 {#seconds} 秒',
  available: '可用',
  'not available: {reason}': '不可用：{reason}',
  unknown: '原因不明',
}
