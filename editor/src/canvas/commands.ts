import type { ReactFlowInstance } from '@xyflow/react'
import { documentStore } from '../document/document-store.ts'
import type { TextKey } from '../i18n/index.ts'
import { cancelCurrentRun, runDocument } from '../shell/session.ts'
import { changeSettings, togglePanel, viewStore } from '../view/view-store.ts'
import {
  bypassSelection,
  copySelection,
  deleteSelection,
  duplicateSelection,
  muteSelection,
  nudgeSelection,
  pasteText,
} from './actions.ts'
import { canvasStore, type FlowEdge, type FlowNode, selectedIds, selectOnly } from './canvas-store.ts'
import { saveToFile } from './save-file.ts'

type Flow = ReactFlowInstance<FlowNode, FlowEdge>

export interface CanvasCommand {
  id: string
  label: TextKey
  /** `Mod` is Ctrl, or Cmd on a Mac. The first is shown; the others do the same. */
  keys: string[]
  /** Keys the browser turns into clipboard events by itself. */
  viaEvent?: boolean
  run(flow: Flow): void
}

/** Where the palette opens when no pointer says: the middle of the canvas. */
export function openPaletteAtPointer(flow: Flow): void {
  const { pointer } = canvasStore.getState()
  const screen = flow.flowToScreenPosition(pointer)
  const inside = screen.x > 0 && screen.y > 60 && screen.x < innerWidth && screen.y < innerHeight
  const spot = inside ? screen : { x: innerWidth / 2 - 190, y: innerHeight / 3 }
  canvasStore.setState({ palette: { screen: spot, at: flow.screenToFlowPosition(spot), port: null } })
}

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

/** Every command of the canvas, once: the keys, the menus and the shortcut sheet read this list. */
export const COMMANDS: readonly CanvasCommand[] = [
  { id: 'run', label: 'command.run', keys: ['Mod+Enter'], run: () => void runDocument() },
  { id: 'runNext', label: 'command.runNext', keys: ['Mod+Shift+Enter'], run: () => void runDocument({ next: true }) },
  {
    id: 'runToHere',
    label: 'command.runToHere',
    keys: ['Shift+Enter'],
    run: () => selectedIds().length > 0 && void runDocument({ nodes: selectedIds() }),
  },
  { id: 'cancel', label: 'command.cancel', keys: ['Mod+Alt+Enter'], run: () => void cancelCurrentRun() },
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
  { id: 'palette', label: 'command.palette', keys: ['Shift+A', '/'], run: openPaletteAtPointer },
  {
    id: 'fit',
    label: 'command.fit',
    keys: ['.'],
    run: (flow) => {
      const nodes = selectedIds().map((id) => ({ id }))
      void flow.fitView({ padding: 0.1, maxZoom: 1, ...(nodes.length > 0 ? { nodes } : {}) })
    },
  },
  { id: 'zoomReset', label: 'command.zoomReset', keys: ['0'], run: (flow) => void flow.zoomTo(1) },
  { id: 'zoomIn', label: 'command.zoomIn', keys: ['+', '='], run: (flow) => void flow.zoomIn() },
  { id: 'zoomOut', label: 'command.zoomOut', keys: ['-'], run: (flow) => void flow.zoomOut() },
  {
    id: 'minimap',
    label: 'command.minimap',
    keys: ['Alt+M'],
    run: () => changeSettings({ minimap: !viewStore.getState().minimap }),
  },
  { id: 'save', label: 'command.save', keys: ['Mod+S'], run: saveToFile },
  { id: 'open', label: 'command.open', keys: ['Mod+O'], run: () => canvasStore.setState({ dialog: 'open' }) },
  { id: 'queue', label: 'command.queue', keys: ['Q'], run: () => togglePanel('queue') },
  {
    id: 'shortcuts',
    label: 'command.shortcuts',
    keys: ['?'],
    run: () => canvasStore.setState({ dialog: 'shortcuts' }),
  },
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

export const commandById = (id: string): CanvasCommand => COMMANDS.find((command) => command.id === id)!
