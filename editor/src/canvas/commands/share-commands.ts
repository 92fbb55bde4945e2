import { documentStore } from '../../document/document-store.ts'
import { textNow } from '../../i18n/index.ts'
import { fileDialogs, showComparison } from '../files/file-dialogs.ts'
import type { CanvasCommand } from './command.ts'

function compareWithSaved(): void {
  const { workflow, savedWorkflow } = documentStore.getState()
  const t = textNow()
  showComparison({ label: t('compare.saved'), workflow: savedWorkflow }, { label: t('compare.now'), workflow })
}

export const SHARE_COMMANDS: readonly CanvasCommand[] = [
  { id: 'share', label: 'command.share', keys: ['Alt+Shift+S'], run: () => fileDialogs.setState({ sharing: true }) },
  { id: 'compare', label: 'command.compare', keys: ['Alt+Shift+C'], run: compareWithSaved },
]
