import type { Sentences } from './sentences.ts'

/** The server: files, uploads, runs, drafts, requests, and the quote. */
export const serverSentences: Sentences = {
  // Files and the disk.
  'The file is larger than the {#limit} MB that are taken.': '文件超过允许的 {#limit} MB。',
  'The disk is full: free some space, or set BEATLOOM_DATA to a folder elsewhere.':
    '磁盘已满：请腾出空间，或把 BEATLOOM_DATA 设为其他位置的文件夹。',
  'The file "{file}" is not here any more, or never was.': '文件“{file}”不存在或已被删除。',
  '"{file}" points out of its folder.': '“{file}”指向了所在文件夹之外。',
  '"{file}" is not a file of this Beatloom; a file is named samples/…, assets/… or artifacts/….':
    '“{file}”不是此 Beatloom 的文件；文件名应以 samples/、assets/ 或 artifacts/ 开头。',
  'There is no addition "{id}".': '没有编号为“{id}”的添加任务。',
  'There is no workflow "{name}" in the gallery.': '模板库中没有工作流“{name}”。',
  '"{name}" is no picture, sound, video or workflow that Beatloom reads: it is {format}. Choose another file.':
    '“{name}”不是 Beatloom 可读取的图片、音频、视频或工作流，而是{format}。请选择其他文件。',
  '"{name}" is no picture, sound or video: it is text. Choose another file.':
    '“{name}”不是图片、音频或视频，而是文本。请选择其他文件。',
  '"{name}" has no picture to show.': '“{name}”中没有可显示的画面。',
  'the data folder': '数据文件夹',
  'The data folder is in use by {who}. Use that one, or set BEATLOOM_DATA to another folder.':
    '数据文件夹正被{who}使用。请使用那一个，或把 BEATLOOM_DATA 设为其他文件夹。',
  'a Beatloom server at {url}': '位于 {url} 的 Beatloom 服务器',
  'another Beatloom process': '另一个 Beatloom 进程',
  'The data folder was written by a newer Beatloom (store version {#version}).':
    '数据文件夹由更新版本的 Beatloom 写入（存储版本 {#version}）。',

  // Requests.
  '{path} takes {methods}, not {method}.': '{path} 接受 {methods}，不接受 {method}。',
  'There is nothing at {method} {path}.': '{method} {path} 处没有内容。',
  'The request is not right: {problem}.': '请求有误：{problem}。',
  'The request is larger than is taken here.': '请求内容超出允许的大小。',
  'Something went wrong inside Beatloom; its output says what.': 'Beatloom 内部出错，详情见其输出。',
  'Listening on {host} lets other machines in, so it needs a token: BEATLOOM_TOKEN=$(openssl rand -hex 24) BEATLOOM_HOST={host2} npm start':
    '监听 {host} 会让其他机器也能访问，因此需要令牌：BEATLOOM_TOKEN=$(openssl rand -hex 24) BEATLOOM_HOST={host2} npm start',
  'The host "{host}" is not this server\'s.': '主机名“{host}”不属于此服务器。',
  'Pages of {origin} may not use this server.': '{origin} 的页面不得使用此服务器。',
  'This server wants its token: open it with ?token=… or send it as a Bearer token.':
    '此服务器需要令牌：请在地址后加 ?token=… 打开，或以 Bearer 令牌发送。',
  'Send one file as multipart/form-data, in a field named "file".':
    '请以 multipart/form-data 发送一个文件，字段名为 file。',
  'This server listens to its own machine alone. Start it with BEATLOOM_HOST=0.0.0.0 and a BEATLOOM_TOKEN to let other devices in.':
    '此服务器只接受本机访问。以 BEATLOOM_HOST=0.0.0.0 和 BEATLOOM_TOKEN 启动，其他设备才能访问。',

  // Uploads.
  'The upload "{id}" is not finished, or there is none.': '上传“{id}”尚未完成，或不存在。',
  'There is no upload "{id}".': '没有上传“{id}”。',
  'The request is not right: its upload headers do not say what is needed.': '请求有误：上传标头缺少所需内容。',
  'The request is not right: this upload cannot be changed that way.': '请求有误：不能这样修改此上传。',
  'There is no such upload; it was finished, given up, or never begun.': '没有这个上传：它已完成、已放弃或从未开始。',
  'The upload stands elsewhere: ask where, and go on from there.': '上传进度不在此处：请查询进度后从那里继续。',
  'There is no such upload any more; begin it anew.': '此上传已不存在，请重新开始。',
  'Another request is writing to this upload; wait for it to end.': '另一个请求正在写入此上传，请等它结束。',
  'The piece could not be written; send it again.': '这一部分未能写入，请重新发送。',

  // Runs, the queue, drafts, the worker.
  'A run that has not ended cannot be deleted; cancel it first.': '未结束的运行不能删除，请先取消。',
  'Not waiting in the queue: {runs}.': '不在等待队列中：{runs}。',
  'There is no run "{id}".': '没有运行“{id}”。',
  'The command that ran it ended before it was done.': '执行它的命令在完成之前就结束了。',
  'The run was tried {#attempts} times; each time {how}.': '已尝试运行 {#attempts} 次，每次{how}。',
  'the server ended': '服务器都中途结束',
  'its worker process {how}': '工作进程都{how}',
  'was ended by {signal}': '被 {signal} 终止',
  'ended with exit code {#code}': '以退出码 {#code} 结束',
  'Beatloom is closing.': 'Beatloom 正在关闭。',
  'The worker process ended before it could answer.': '工作进程在响应之前就结束了。',
  'The draft "{id}" was changed elsewhere since this copy was read.': '草稿“{id}”自读取以来已在别处被修改。',
  'There is no draft "{id}".': '没有草稿“{id}”。',

  // The quote.
  'BEATLOOM_MEMORY_MB is "{text}"; it must be a number of megabytes.':
    'BEATLOOM_MEMORY_MB 的值是“{text}”，应为以 MB 计的数字。',
  '{refusal} It fits with {input} at {value}.': '{refusal}将 {input} 设为 {value} 即可。',
  'This run needs about {needed} of memory and this machine has {available}.':
    '此次运行约需 {needed} 内存，而本机只有 {available}。',
  'This run needs about {needed} on the disk and {available} are free.':
    '此次运行约需 {needed} 磁盘空间，而可用的只有 {available}。',
}
