import { Panel, useReactFlow, useStoreApi } from '@xyflow/react'
import { useEffect, useRef } from 'react'
import { shallow } from 'zustand/shallow'
import { documentStore } from '../document/document-store.ts'
import type { Point } from '../document/edits.ts'
import { useText } from '../i18n/index.ts'
import { nodeStates, runStore } from '../run/run-store.ts'
import { canvasStore, type FlowNode } from './canvas-store.ts'
import { NODE_WIDTH_PX } from './node-size.ts'

const WIDTH_PX = 200
const HEIGHT_PX = 140
const EDGE_PX = 8
const USUAL_HEIGHT_PX = 180
const STATE_COLOURS: Record<string, string> = {
  running: '--accent',
  done: '--good',
  cached: '--good',
  failed: '--bad',
}

interface Scale {
  perPx: number
  left: number
  top: number
}

/**
 * The whole graph, small: run states by colour, the part on screen as a frame. A click goes there, a drag takes the
 * view along. Nodes are painted when they change; panning moves the frame alone.
 */
export function GraphMap() {
  const t = useText()
  const flow = useReactFlow()
  const store = useStoreApi()
  const canvas = useRef<HTMLCanvasElement>(null)
  const frame = useRef<HTMLDivElement>(null)
  const scale = useRef<Scale>({ perPx: 1, left: 0, top: 0 })

  useEffect(() => {
    let painting: ReturnType<typeof requestAnimationFrame> | 0 = 0
    const placeFrame = () => {
      const [x, y, zoom] = store.getState().transform
      const { width, height } = store.getState()
      const { perPx, left, top } = scale.current
      const box = frame.current
      if (!box) return
      const at = { x: (-x / zoom - left) * perPx, y: (-y / zoom - top) * perPx }
      box.style.transform = `translate3d(${at.x}px, ${at.y}px, 0)`
      box.style.width = `${(width / zoom) * perPx}px`
      box.style.height = `${(height / zoom) * perPx}px`
    }
    const repaint = () => {
      painting = 0
      if (canvas.current) scale.current = paint(canvas.current, canvasStore.getState().nodes)
      placeFrame()
    }
    const plan = () => {
      painting ||= requestAnimationFrame(repaint)
    }
    let { nodes } = canvasStore.getState()
    const stops = [
      store.subscribe(placeFrame),
      canvasStore.subscribe((state) => {
        if (state.nodes !== nodes) {
          nodes = state.nodes
          plan()
        }
      }),
      runStore.subscribe((state, before) => {
        if (state.run?.nodes !== before.run?.nodes && !shallow(nodeStates(state), nodeStates(before))) plan()
      }),
    ]
    const theme = new MutationObserver(plan)
    theme.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] })
    plan()
    return () => {
      for (const stop of stops) stop()
      theme.disconnect()
      cancelAnimationFrame(painting)
    }
  }, [store])

  function lookAt(event: React.PointerEvent): void {
    const box = event.currentTarget.getBoundingClientRect()
    const { perPx, left, top } = scale.current
    const at = { x: (event.clientX - box.left) / perPx + left, y: (event.clientY - box.top) / perPx + top }
    void flow.setCenter(at.x, at.y, { zoom: flow.getZoom() })
  }

  return (
    <Panel position="bottom-right" className="graph-map">
      <div
        className="graph-map-ground"
        role="img"
        aria-label={t('canvas.minimap')}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId)
          lookAt(event)
        }}
        onPointerMove={(event) => event.buttons > 0 && lookAt(event)}
      >
        <canvas ref={canvas} width={WIDTH_PX} height={HEIGHT_PX} />
        <div ref={frame} className="graph-map-frame" />
      </div>
    </Panel>
  )
}

/** Paints every node as a block; says how the picture relates to the canvas. */
function paint(canvas: HTMLCanvasElement, nodes: readonly FlowNode[]): Scale {
  const density = Math.min(2, globalThis.devicePixelRatio || 1)
  canvas.width = WIDTH_PX * density
  canvas.height = HEIGHT_PX * density
  const context = canvas.getContext('2d')
  if (!context) return { perPx: 1, left: 0, top: 0 }
  const colours = getComputedStyle(document.documentElement)
  const colourOf = (name: string) => colours.getPropertyValue(name).trim()
  const states = runStore.getState().run?.nodes ?? {}
  const modes = documentStore.getState().workflow.nodes
  const boxes = nodes.map((node) => ({ node, ...sizeOf(node), ...node.position }))
  const left = Math.min(0, ...boxes.map((box) => box.x))
  const top = Math.min(0, ...boxes.map((box) => box.y))
  const span: Point = {
    x: Math.max(1, ...boxes.map((box) => box.x + box.width)) - left,
    y: Math.max(1, ...boxes.map((box) => box.y + box.height)) - top,
  }
  const perPx = Math.min((WIDTH_PX - 2 * EDGE_PX) / span.x, (HEIGHT_PX - 2 * EDGE_PX) / span.y)
  const origin = { x: left - EDGE_PX / perPx, y: top - EDGE_PX / perPx }
  context.scale(density, density)
  const plain = colourOf('--line-strong')
  for (const { node, x, y, width, height } of boxes) {
    const isGround = node.type === 'frame'
    const state = STATE_COLOURS[states[node.id]?.state ?? '']
    context.fillStyle = state ? colourOf(state) : plain
    context.globalAlpha = isGround ? 0.18 : modes[node.id]?.mode ? 0.4 : 0.9
    const at = [(x - origin.x) * perPx, (y - origin.y) * perPx] as const
    context.fillRect(at[0], at[1], Math.max(2, width * perPx), Math.max(1.5, height * perPx))
  }
  return { perPx, left: origin.x, top: origin.y }
}

const sizeOf = (node: FlowNode) => ({
  width: node.measured?.width ?? node.width ?? NODE_WIDTH_PX,
  height: node.measured?.height ?? node.height ?? USUAL_HEIGHT_PX,
})
