import { documentStore } from '../../document/document-store.ts'
import { deleteSelection, duplicateSelection, muteSelection } from '../actions.ts'
import { nudgeSelection } from '../arrange-actions.ts'
import { canvasStore, selectedItems, selectOnly } from '../canvas-store.ts'
import { clearOrLeave, startRename } from '../groups/group-actions.ts'
import { isStub } from '../groups/group-ids.ts'
import { bypassSelection } from '../nodes/bypass-actions.ts'
import { copyToSystem, pasteFromSystem } from '../paste.ts'
import { arrowsNavigate, goInDirection } from '../view/canvas-focus.ts'
import type { CanvasCommand } from './command.ts'

const STEP_PX = 8
const LEAP_PX = 64
const arrows = {
  ArrowLeft: { x: -1, y: 0, direction: 'left' },
  ArrowRight: { x: 1, y: 0, direction: 'right' },
  ArrowUp: { x: 0, y: -1, direction: 'up' },
  ArrowDown: { x: 0, y: 1, direction: 'down' },
} as const

const some = (): boolean => selectedItems().length > 0
const someOrLink = (): boolean => some() || canvasStore.getState().edges.some((edge) => edge.selected)

export const EDIT_COMMANDS: readonly CanvasCommand[] = [
  {
    id: 'undo',
    label: 'command.undo',
    keys: ['Mod+Z'],
    possible: () => documentStore.getState().history.past.length > 0,
    run: () => documentStore.getState().undo(),
  },
  {
    id: 'redo',
    label: 'command.redo',
    keys: ['Mod+Y', 'Mod+Shift+Z'],
    possible: () => documentStore.getState().history.future.length > 0,
    run: () => documentStore.getState().redo(),
  },
  {
    id: 'copy',
    label: 'command.copy',
    keys: ['Mod+C'],
    possible: some,
    clipboard: 'write',
    run: () => void copyToSystem(),
  },
  {
    id: 'cut',
    label: 'command.cut',
    keys: ['Mod+X'],
    possible: some,
    clipboard: 'write',
    run: () => void copyToSystem(true),
  },
  { id: 'paste', label: 'command.paste', keys: ['Mod+V'], clipboard: 'read', run: () => void pasteFromSystem() },
  {
    id: 'pasteLinked',
    label: 'command.pasteLinked',
    keys: ['Mod+Shift+V'],
    clipboard: 'read',
    run: () => void pasteFromSystem(true),
  },
  { id: 'duplicate', label: 'command.duplicate', keys: ['Mod+D'], possible: some, run: duplicateSelection },
  { id: 'delete', label: 'command.delete', keys: ['Delete', 'Backspace'], possible: someOrLink, run: deleteSelection },
  {
    id: 'rename',
    label: 'command.rename',
    keys: ['F2'],
    possible: some,
    run: startRename,
  },
  { id: 'mute', label: 'command.mute', keys: ['Ctrl+M'], possible: some, run: muteSelection },
  { id: 'bypass', label: 'command.bypass', keys: ['Mod+B'], possible: some, run: bypassSelection },
  {
    id: 'selectAll',
    label: 'command.selectAll',
    keys: ['Mod+A'],
    run: () => selectOnly(canvasStore.getState().nodes.flatMap(({ id }) => (isStub(id) ? [] : [id]))),
  },
  { id: 'selectNone', label: 'command.selectNone', keys: ['Escape'], run: clearOrLeave },
  ...Object.entries(arrows).flatMap(([key, { x, y, direction }]): CanvasCommand[] => [
    {
      id: `nudge${key}`,
      label: `command.nudge.${direction}`,
      keys: [key],
      // Whoever came to the canvas by keyboard goes from node to node; whoever clicked moves what is selected.
      run: (flow) =>
        arrowsNavigate() ? goInDirection(flow, direction) : nudgeSelection({ x: x * STEP_PX, y: y * STEP_PX }),
    },
    {
      id: `leap${key}`,
      label: `command.leap.${direction}`,
      keys: [`Shift+${key}`],
      run: () => nudgeSelection({ x: x * LEAP_PX, y: y * LEAP_PX }),
    },
  ]),
]
