import type { Words } from '../words.ts'

/** The shell: banners, themes, the document title. */
export const appWords = {
  'app.opening': ['Opening', '正在打开'],
  'app.cannotStart': ['Beatloom cannot start', 'Beatloom 无法启动'],
  'app.tryAgain': ['Try again', '重试'],
  'app.connectionLost': ['Connection lost. Runs go on; reconnecting…', '连接已断开。任务仍在继续，正在重新连接……'],
  'app.dismiss': ['Dismiss', '关闭提示'],
  'app.close': ['Close', '关闭'],
  'app.language': ['Language: switch to Chinese', '语言：切换到英文'],
  'app.settings': ['View settings', '视图设置'],
  'app.face': ['View as', '视图'],
  'app.form': ['Form', '表单'],
  'app.graph': ['Graph', '节点图'],
  'theme.system': ['Theme: as the system', '主题：跟随系统'],
  'theme.dark': ['Theme: dark', '主题：深色'],
  'theme.light': ['Theme: light', '主题：浅色'],
  'document.untitled': ['Untitled', '未命名'],
  'document.title': ['Title of the workflow', '工作流标题'],
  'document.unsaved': ['Changed since it was last saved to a file', '自上次存为文件后有改动'],
  'navigation.mouse': ['Switch to mouse navigation', '切换为鼠标操作'],
  'navigation.trackpad': ['Switch to trackpad navigation', '切换为触控板操作'],
} satisfies Words
