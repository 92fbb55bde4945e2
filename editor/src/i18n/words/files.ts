import type { Words } from '../words.ts'

/** Opening, saving, sharing files. */
export const filesWords = {
  'open.title': ['Open', '打开'],
  'open.templates': ['Templates', '模板'],
  'open.recent': ['Recent', '最近使用'],
  'open.file': ['From a file', '从文件打开'],
  'open.empty': ['Empty canvas', '空白画布'],
} satisfies Words
