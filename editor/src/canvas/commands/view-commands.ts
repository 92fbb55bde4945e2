import { documentStore } from '../../document/document-store.ts'
import { textNow } from '../../i18n/index.ts'
import { pageStore } from '../../page/page-store.ts'
import { announce } from '../../shell/announce-store.ts'
import { changeSettings, type Face, showFace, togglePanel, viewStore } from '../../view/view-store.ts'
import { canvasStore, selectedIds, selectedItems } from '../canvas-store.ts'
import { goToRegion } from '../keys/regions.ts'
import { endOfElement } from '../links/handle-end.ts'
import { panelsStore, togglePart } from '../panels-store.ts'
import {
  arriveBy,
  canvasElement,
  enterCanvas,
  focusedItem,
  followLink,
  itemElement,
  openFields,
  switchArrows,
} from '../view/canvas-focus.ts'
import type { CanvasCommand, Flow } from './command.ts'

/** Where the palette opens when no pointer says: the middle of the canvas. */
export function openPaletteAtPointer(flow: Flow): void {
  const { pointer } = canvasStore.getState()
  const screen = flow.flowToScreenPosition(pointer)
  const inside = screen.x > 0 && screen.y > 60 && screen.x < innerWidth && screen.y < innerHeight
  const spot = inside ? screen : { x: innerWidth / 2 - 190, y: innerHeight / 3 }
  canvasStore.setState({ palette: { screen: spot, at: flow.screenToFlowPosition(spot), port: null } })
}

export const VIEW_COMMANDS: readonly CanvasCommand[] = [
  { id: 'palette', label: 'command.palette', keys: ['Shift+A', '/'], run: openPaletteAtPointer },
  {
    id: 'fit',
    label: 'command.fit',
    keys: ['.'],
    run: (flow) => {
      const nodes = selectedItems().map((id) => ({ id }))
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
  { id: 'queue', label: 'command.queue', keys: ['Q'], run: () => togglePanel('queue') },
  { id: 'assets', label: 'command.assets', keys: ['A'], run: () => togglePanel('assets') },
  {
    id: 'shortcuts',
    label: 'command.shortcuts',
    keys: ['?'],
    run: () => canvasStore.setState({ dialog: 'shortcuts' }),
  },
  { id: 'commands', label: 'command.commands', keys: ['Mod+K'], run: () => togglePart('commands') },
  { id: 'find', label: 'command.find', keys: ['Mod+F'], run: () => panelsStore.setState({ find: true }) },
  { id: 'library', label: 'command.library', keys: ['N'], run: () => togglePart('library') },
  { id: 'inspector', label: 'command.inspector', keys: ['I'], run: () => togglePart('inspector') },
  { id: 'focusMode', label: 'command.focusMode', keys: ['F'], run: () => togglePart('focusMode') },
  { id: 'nextRegion', label: 'command.nextRegion', keys: ['F6'], run: (flow) => goToRegion(1, byKeyboard(flow)) },
  {
    id: 'previousRegion',
    label: 'command.previousRegion',
    keys: ['Shift+F6'],
    run: (flow) => goToRegion(-1, byKeyboard(flow)),
  },
  { id: 'contextMenu', label: 'command.contextMenu', keys: ['Shift+F10', 'ContextMenu'], run: openContextMenu },
  { id: 'linkFrom', label: 'command.linkFrom', keys: ['C'], possible: () => linkStart() !== null, run: startLinking },
  { id: 'followOut', label: 'command.followOut', keys: ['Mod+ArrowRight'], run: (flow) => followLink(flow, 'out') },
  { id: 'followIn', label: 'command.followIn', keys: ['Mod+ArrowLeft'], run: (flow) => followLink(flow, 'in') },
  {
    id: 'openFields',
    label: 'command.openFields',
    keys: ['Enter'],
    possible: () => selectedItems().length > 0,
    active: () => focusedItem() !== null,
    run: openFieldsOfSelected,
  },
  {
    id: 'arrowKeys',
    label: 'command.arrowKeys',
    keys: ['M'],
    run: () => announce(textNow()(switchArrows() ? 'access.arrowsMove' : 'access.arrowsGo')),
  },
  {
    id: 'editForm',
    label: 'command.editForm',
    keys: [],
    run: () => {
      pageStore.setState({ editing: true })
      showFace('form')
    },
  },
  { id: 'faceForm', label: 'command.faceForm', keys: ['Shift+F'], run: face('form') },
  { id: 'faceGraph', label: 'command.faceGraph', keys: ['Shift+G'], run: face('graph') },
  { id: 'faceOutline', label: 'command.faceOutline', keys: ['Shift+O'], run: face('outline') },
  { id: 'theme', label: 'command.theme', keys: ['Shift+T'], run: nextTheme },
  { id: 'language', label: 'command.language', keys: ['Shift+L'], run: otherLanguage },
]

function face(wanted: Face) {
  return () => showFace(wanted)
}

const byKeyboard = (flow: Flow) => () => {
  arriveBy('keyboard')
  enterCanvas(flow)
}

/** From the port that has the focus, else from the selected node. */
function linkStart() {
  const port = document.activeElement?.closest<HTMLElement>('.react-flow__handle')
  const from = port ? endOfElement(port) : null
  if (from) return { node: from.node, from }
  const focused = focusedItem()
  if (focused !== null && Object.hasOwn(documentStore.getState().workflow.nodes, focused))
    return { node: focused, from: null }
  const [only, ...more] = selectedIds()
  return only !== undefined && more.length === 0 ? { node: only, from: null } : null
}

function startLinking(): void {
  panelsStore.setState({ linking: linkStart() })
}

function openFieldsOfSelected(flow: Flow): void {
  const [item] = selectedItems()
  if (focusedItem() === null && item !== undefined) itemElement(item)?.focus()
  openFields(flow)
}

/** The menu of what has the focus, or of the selection, where a mouse would have clicked. */
function openContextMenu(): void {
  const selected = selectedItems()[0]
  const active = document.activeElement
  const canvas = canvasElement()
  const inside = active && canvas?.contains(active) && active !== canvas ? active : null
  const target = inside ?? (selected === undefined ? canvas : (itemElement(selected) ?? canvas))
  if (!target) return
  const { left, top, width, height } = target.getBoundingClientRect()
  const [clientX, clientY] = [left + Math.min(width / 2, 120), top + Math.min(height / 2, 40)]
  target.dispatchEvent(new MouseEvent('contextmenu', { bubbles: true, cancelable: true, clientX, clientY }))
}

const NEXT_THEME = { system: 'dark', dark: 'light', light: 'system' } as const

function nextTheme(): void {
  changeSettings({ theme: NEXT_THEME[viewStore.getState().theme] })
}

function otherLanguage(): void {
  changeSettings({ language: viewStore.getState().language === 'en' ? 'zh' : 'en' })
}
