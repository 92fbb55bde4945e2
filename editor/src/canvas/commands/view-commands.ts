import { changeSettings, togglePanel, viewStore } from '../../view/view-store.ts'
import { canvasStore, selectedIds } from '../canvas-store.ts'
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
  { id: 'queue', label: 'command.queue', keys: ['Q'], run: () => togglePanel('queue') },
  {
    id: 'shortcuts',
    label: 'command.shortcuts',
    keys: ['?'],
    run: () => canvasStore.setState({ dialog: 'shortcuts' }),
  },
]
