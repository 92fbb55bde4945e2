import type { Words } from '../words.ts'

/** Around what went wrong, and ways out of it. What the server itself says is translated in `sentences.ts`. */
export const errorsWords = {
  'problem.list': ['Problems', '问题'],
  'problem.showNode': ['Show the node', '显示节点'],
  'problem.show': ['Show the field', '显示字段'],
  'problem.details': ['Technical details', '技术细节'],
  'problem.copy': ['Copy the details', '复制细节'],
  'problem.copied': ['The details are in the clipboard.', '细节已复制到剪贴板。'],
  'fix.retry': ['Retry', '重试'],
  'fix.chooseFile': ['Choose another file', '选择其他文件'],
  'fix.useModel': ['Use {name}', '使用 {name}'],
  'fix.lower': ['Set {name} to {value}', '将“{name}”设为 {value}'],
  'fix.reset': ['Reset the value', '重置该值'],
  'fix.removeLink': ['Remove the link', '删除连线'],
  'fix.feed': ['Add a node that fits', '添加合适的节点'],
} satisfies Words
