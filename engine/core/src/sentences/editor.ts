import type { Sentences } from './sentences.ts'

/** What the editor says of a server it cannot reach or understand, and of files it cannot open. */
export const editorSentences: Sentences = {
  'The server does not answer: {reason}': '服务器没有响应：{reason}',
  'The server answered with something that is not JSON (status {#status}).':
    '服务器返回的内容不是 JSON（状态 {#status}）。',
  'Status {#status}.': '状态 {#status}。',
  'The file could not be sent: the connection broke.': '文件未能发送：连接中断。',
  'The server took the file and did not say under which name.': '服务器已接收文件，但没有给出名称。',
  'This file is no Beatloom workflow.': '此文件不是 Beatloom 工作流。',
}
