import { documentStore } from '../../document/document-store.ts'
import {
  bypassSelection,
  copySelection,
  deleteSelection,
  duplicateSelection,
  muteSelection,
  nudgeSelection,
  pasteText,
} from '../actions.ts'
import { canvasStore, selectedIds, selectOnly } from '../canvas-store.ts'
import type { CanvasCommand } from './command.ts'

async function copyToSystem(): Promise<void> {
  const text = copySelection()
  if (text) await navigator.clipboard.writeText(text)
}

async function pasteFromSystem(): Promise<void> {
  pasteText(await navigator.clipboard.readText(), canvasStore.getState().pointer)
}

const STEP_PX = 8
const LEAP_PX = 64
const arrows = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
}

export const EDIT_COMMANDS: readonly CanvasCommand[] = [
  { id: 'undo', label: 'command.undo', keys: ['Mod+Z'], run: () => documentStore.getState().undo() },
  { id: 'redo', label: 'command.redo', keys: ['Mod+Y', 'Mod+Shift+Z'], run: () => documentStore.getState().redo() },
  { id: 'copy', label: 'command.copy', keys: ['Mod+C'], viaEvent: true, run: () => void copyToSystem() },
  {
    id: 'cut',
    label: 'command.cut',
    keys: ['Mod+X'],
    viaEvent: true,
    run: () => void copyToSystem().then(deleteSelection),
  },
  { id: 'paste', label: 'command.paste', keys: ['Mod+V'], viaEvent: true, run: () => void pasteFromSystem() },
  {
    id: 'pasteLinked',
    label: 'command.pasteLinked',
    keys: ['Mod+Shift+V'],
    viaEvent: true,
    run: () =>
      void navigator.clipboard.readText().then((text) => pasteText(text, canvasStore.getState().pointer, true)),
  },
  { id: 'duplicate', label: 'command.duplicate', keys: ['Mod+D'], run: duplicateSelection },
  { id: 'delete', label: 'command.delete', keys: ['Delete', 'Backspace'], run: deleteSelection },
  {
    id: 'rename',
    label: 'command.rename',
    keys: ['F2'],
    run: () => canvasStore.setState({ renaming: selectedIds()[0] ?? null }),
  },
  { id: 'mute', label: 'command.mute', keys: ['Ctrl+M'], run: muteSelection },
  { id: 'bypass', label: 'command.bypass', keys: ['Mod+B'], run: bypassSelection },
  {
    id: 'selectAll',
    label: 'command.selectAll',
    keys: ['Mod+A'],
    run: () => selectOnly(canvasStore.getState().nodes.map((n) => n.id)),
  },
  { id: 'selectNone', label: 'command.selectNone', keys: ['Escape'], run: () => selectOnly([]) },
  ...Object.entries(arrows).flatMap(([key, { x, y }]): CanvasCommand[] => [
    {
      id: `nudge${key}`,
      label: 'command.nudge',
      keys: [key],
      run: () => nudgeSelection({ x: x * STEP_PX, y: y * STEP_PX }),
    },
    {
      id: `leap${key}`,
      label: 'command.leap',
      keys: [`Shift+${key}`],
      run: () => nudgeSelection({ x: x * LEAP_PX, y: y * LEAP_PX }),
    },
  ]),
]
