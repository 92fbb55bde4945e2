import { useEffect } from 'react'
import { createStore } from 'zustand/vanilla'
import { viewStore } from '../../view/view-store.ts'
import { canvasStore } from '../canvas-store.ts'

/** The nodes whose links are shown while links are shown only near what is looked at. Changes rarely. */
export const linkFocusStore = createStore<{ near: ReadonlySet<string> }>(() => ({ near: new Set() }))

let pointedAt: string | null = null

function refresh(): void {
  if (viewStore.getState().linkShow !== 'near') return
  const near = new Set(canvasStore.getState().nodes.flatMap((node) => (node.selected ? node.id : [])))
  if (pointedAt) near.add(pointedAt)
  const before = linkFocusStore.getState().near
  if (near.size === before.size && [...near].every((id) => before.has(id))) return
  linkFocusStore.setState({ near })
}

/** Follows the selection and the pointer. */
export function useLinkFocus(): void {
  useEffect(() => {
    refresh()
    const stops = [
      canvasStore.subscribe((state, before) => state.nodes !== before.nodes && refresh()),
      viewStore.subscribe((state, before) => state.linkShow !== before.linkShow && refresh()),
    ]
    function onPointerOver(event: PointerEvent): void {
      const node = (event.target as Element | null)?.closest?.<HTMLElement>('.react-flow__node')?.dataset.id ?? null
      if (node === pointedAt) return
      pointedAt = node
      refresh()
    }
    addEventListener('pointerover', onPointerOver)
    return () => {
      for (const stop of stops) stop()
      removeEventListener('pointerover', onPointerOver)
    }
  }, [])
}
