import { textNow } from '../../i18n/index.ts'
import { canvasStore, positionsNow } from '../canvas-store.ts'
import type { Fix } from './fix.ts'

const GAP_PX = 40

/** Opens the palette on nodes that could feed an empty input. */
export const pullFrom = (node: string, port: string): Fix => ({
  label: textNow()('fix.feed'),
  apply() {
    const at = positionsNow()[node] ?? { x: 0, y: 0 }
    const card = document.querySelector(`.react-flow__node[data-id="${CSS.escape(node)}"]`)?.getBoundingClientRect()
    const screen = { x: card?.left ?? innerWidth / 2, y: card?.top ?? innerHeight / 3 }
    canvasStore.setState({
      palette: { screen, at: { x: at.x - GAP_PX, y: at.y }, port: { node, port, side: 'input' } },
    })
  },
})
