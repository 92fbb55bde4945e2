import { Panel, useReactFlow, useStoreApi } from '@xyflow/react'
import { useEffect, useRef } from 'react'
import { shallow } from 'zustand/shallow'
import { documentStore } from '../../document/document-store.ts'
import type { Point } from '../../document/edits.ts'
import { useText } from '../../i18n/index.ts'
import { nodeStates, runStore } from '../../run/run-store.ts'
import { canvasStore, type FlowNode } from '../canvas-store.ts'
import { NODE_WIDTH_PX } from '../nodes/node-size.ts'
import { onViewChange } from './on-view-change.ts'

const WIDTH_PX = 200
const HEIGHT_PX = 140
const EDGE_PX = 8
const FRAME_PX = 1.5
const USUAL_HEIGHT_PX = 180
const STATE_COLOURS: Record<string, string> = {
  running: '--accent',
  done: '--good',
  cached: '--good',
  failed: '--bad',
}

/** The graph as it was painted, and how it relates to the canvas. */
interface Picture {
  perPx: number
  left: number
  top: number
  image: HTMLCanvasElement
  frameColour: string
}

/**
 * The whole graph, small: run states by colour, the part on screen as a frame. A click goes there, a drag takes the
 * view along. Nodes are painted when they change, into a picture of their own; moving the canvas lays that picture and the
 * frame anew. The frame is no element, since the browser would lay out and sort its layers with every frame that moves.
 */
export function GraphMap() {
  const t = useText()
  const flow = useReactFlow()
  const store = useStoreApi()
  const canvas = useRef<HTMLCanvasElement>(null)
  const picture = useRef<Picture | null>(null)

  useEffect(() => {
    let painting: ReturnType<typeof requestAnimationFrame> | 0 = 0
    let moving: ReturnType<typeof requestAnimationFrame> | 0 = 0
    const show = () => {
      moving = 0
      const { transform, width, height } = store.getState()
      if (canvas.current && picture.current) draw(canvas.current, picture.current, transform, width, height)
    }
    const follow = () => {
      moving ||= requestAnimationFrame(show)
    }
    const repaint = () => {
      painting = 0
      picture.current = paint(canvasStore.getState().nodes)
      show()
    }
    const plan = () => {
      painting ||= requestAnimationFrame(repaint)
    }
    let { nodes } = canvasStore.getState()
    const stops = [
      onViewChange(store, follow),
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
      cancelAnimationFrame(moving)
    }
  }, [store])

  function lookAt(event: React.PointerEvent): void {
    if (!picture.current) return
    const box = event.currentTarget.getBoundingClientRect()
    const { perPx, left, top } = picture.current
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
        <canvas ref={canvas} />
      </div>
    </Panel>
  )
}

const density = (): number => Math.min(2, globalThis.devicePixelRatio || 1)

/** A canvas of the map's size, cleared, its unit one px of the page. */
function clear(canvas: HTMLCanvasElement): CanvasRenderingContext2D | null {
  const size = { width: WIDTH_PX * density(), height: HEIGHT_PX * density() }
  if (canvas.width !== size.width || canvas.height !== size.height) Object.assign(canvas, size)
  const context = canvas.getContext('2d')
  context?.setTransform(density(), 0, 0, density(), 0, 0)
  context?.clearRect(0, 0, WIDTH_PX, HEIGHT_PX)
  return context
}

/** Lays the picture, and around the part on screen a frame. */
function draw(
  canvas: HTMLCanvasElement,
  { image, frameColour, perPx, left, top }: Picture,
  [x, y, zoom]: readonly [number, number, number],
  width: number,
  height: number,
): void {
  const context = clear(canvas)
  if (!context) return
  context.drawImage(image, 0, 0, WIDTH_PX, HEIGHT_PX)
  context.strokeStyle = frameColour
  context.lineWidth = FRAME_PX
  context.beginPath()
  const inset = FRAME_PX / 2
  const at = [(-x / zoom - left) * perPx + inset, (-y / zoom - top) * perPx + inset] as const
  const size = [(width / zoom) * perPx - FRAME_PX, (height / zoom) * perPx - FRAME_PX] as const
  context.roundRect(...at, Math.max(1, size[0]), Math.max(1, size[1]), 2)
  context.stroke()
}

/** Paints every node as a block. */
function paint(nodes: readonly FlowNode[]): Picture | null {
  const image = document.createElement('canvas')
  const context = clear(image)
  if (!context) return null
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
  const plain = colourOf('--line-strong')
  for (const { node, x, y, width, height } of boxes) {
    const isGround = node.type === 'frame'
    const state = STATE_COLOURS[states[node.id]?.state ?? '']
    context.fillStyle = state ? colourOf(state) : plain
    context.globalAlpha = isGround ? 0.18 : modes[node.id]?.mode ? 0.4 : 0.9
    const at = [(x - origin.x) * perPx, (y - origin.y) * perPx] as const
    context.fillRect(at[0], at[1], Math.max(2, width * perPx), Math.max(1.5, height * perPx))
  }
  return { perPx, left: origin.x, top: origin.y, image, frameColour: colourOf('--accent') }
}

const sizeOf = (node: FlowNode) => ({
  width: node.measured?.width ?? node.width ?? NODE_WIDTH_PX,
  height: node.measured?.height ?? node.height ?? USUAL_HEIGHT_PX,
})
