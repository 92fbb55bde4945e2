import { cancelCurrentRun, runDocument } from '../../shell/session.ts'
import { selectedIds } from '../canvas-store.ts'
import type { CanvasCommand } from './command.ts'

export const RUN_COMMANDS: readonly CanvasCommand[] = [
  { id: 'run', label: 'command.run', keys: ['Mod+Enter'], run: () => void runDocument() },
  { id: 'runNext', label: 'command.runNext', keys: ['Mod+Shift+Enter'], run: () => void runDocument({ next: true }) },
  {
    id: 'runToHere',
    label: 'command.runToHere',
    keys: ['Shift+Enter'],
    run: () => selectedIds().length > 0 && void runDocument({ nodes: selectedIds() }),
  },
  { id: 'cancel', label: 'command.cancel', keys: ['Mod+Alt+Enter'], run: () => void cancelCurrentRun() },
]
