import type { Sentences } from './sentences.ts'

/** What Node, the system and the browsers say where Beatloom passes their reason on. */
export const othersSentences: Sentences = {
  // No answer.
  'Failed to fetch': '无法连接',
  'fetch failed': '无法连接',
  'NetworkError when attempting to fetch resource.': '无法连接',
  'Load failed': '无法连接',
  'connect ECONNREFUSED {address}': '连接被拒绝：{address}',

  // Text that should be JSON.
  'Unexpected end of JSON input': 'JSON 不完整',
  'Unexpected token {token} is not valid JSON': '出现意外的字符 {token}',
  'Unexpected non-whitespace character after JSON at position {#position} (line {#line} column {#column})':
    'JSON 结束后还有内容：位置 {#position}（第 {#line} 行第 {#column} 列）',
  '{what} in JSON at position {#position} (line {#line} column {#column})':
    '位置 {#position}（第 {#line} 行第 {#column} 列）格式有误：{what}',
  "Expected property name or '}'": '应为属性名或 }',
  "Expected ',' or '}' after property value": '属性值之后应为逗号或 }',
  "Expected ',' or ']' after array element": '数组元素之后应为逗号或 ]',
  "Expected ':' after property name": '属性名之后应为冒号',
  'Expected double-quoted property name': '属性名应加双引号',
  'Unterminated string': '字符串没有结束',
  'Bad control character in string literal': '字符串中有不允许的控制字符',

  // Files.
  'ENOENT: no such file or directory, {call}': '没有这个文件或文件夹：{call}',
  'EACCES: permission denied, {call}': '没有权限：{call}',
  'EPERM: operation not permitted, {call}': '不允许的操作：{call}',
  'ENOSPC: no space left on device, {call}': '磁盘已满：{call}',
  'EISDIR: illegal operation on a directory, {call}': '这是文件夹，不是文件：{call}',

  // Flags of the command line.
  "Unknown option '{option}'": '没有选项 {option}',
  "{problem}. To specify a positional argument starting with a '-', {rest}":
    '{problem}（以 - 开头的内容请放在 -- 之后：{rest}）',
  "Option '{option}' argument missing": '选项 {option} 缺少值',
  "Unexpected argument '{word}'. This command does not take positional arguments": '多余的内容：{word}',
}
