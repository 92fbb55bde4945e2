import { openModels } from '../../models/models-dialog.ts'
import { canvasStore } from '../canvas-store.ts'
import { saveToFile } from '../files/save-file.ts'
import type { CanvasCommand } from './command.ts'

export const FILE_COMMANDS: readonly CanvasCommand[] = [
  { id: 'save', label: 'command.save', keys: ['Mod+S'], run: saveToFile },
  {
    id: 'saveAs',
    label: 'command.saveAs',
    keys: ['Mod+Shift+S'],
    run: () => canvasStore.setState({ dialog: 'saveAs' }),
  },
  { id: 'addModel', label: 'command.addModel', keys: [], run: () => openModels('add') },
  { id: 'models', label: 'command.models', keys: [], run: () => openModels('list') },
  { id: 'open', label: 'command.open', keys: ['Mod+O'], run: () => canvasStore.setState({ dialog: 'open' }) },
]
