import { documentStore } from '../../document/document-store.ts'
import { resetParams } from '../../document/param-edits.ts'
import { changeSettings, viewStore } from '../../view/view-store.ts'
import { selectedIds } from '../canvas-store.ts'
import type { CanvasCommand } from './command.ts'

const unlocked = (): string[] => {
  const { layout } = documentStore.getState().workflow
  return selectedIds().filter((id) => !layout.marks?.[id]?.locked)
}

/** Values of nodes, and what nodes show while they work. */
export const VALUE_COMMANDS: readonly CanvasCommand[] = [
  {
    id: 'resetValues',
    label: 'command.resetValues',
    keys: ['Alt+Z'],
    possible: () => unlocked().length > 0,
    run: () => documentStore.getState().edit(resetParams(unlocked())),
  },
  {
    id: 'livePreviews',
    label: 'preview.live',
    keys: ['Alt+V'],
    run: () => changeSettings({ livePreviews: !viewStore.getState().livePreviews }),
  },
]
