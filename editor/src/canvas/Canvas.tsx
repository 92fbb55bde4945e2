import { ReactFlow, useReactFlow, useStore } from '@xyflow/react'
import { useEffect, useRef } from 'react'
import { documentStore, useDocument } from '../document/document-store.ts'
import { useText } from '../i18n/index.ts'
import { catalogStore } from '../view/catalog-store.ts'
import { useView } from '../view/view-store.ts'
import { canvasStore, closeOverlays, type FlowNode, useCanvas } from './canvas-store.ts'
import { EmptyHint } from './EmptyHint.tsx'
import { DropHint } from './files/DropHint.tsx'
import { MissingPanel } from './files/MissingPanel.tsx'
import { useFileDrop } from './files/use-file-drop.ts'
import { Breadcrumb } from './groups/Breadcrumb.tsx'
import { LevelView } from './groups/LevelView.tsx'
import { edgeTypes } from './links/LinkEdge.tsx'
import { useLinkFocus } from './links/link-focus.ts'
import { PortChooser } from './links/PortChooser.tsx'
import { PulledCable } from './links/PulledCable.tsx'
import { RefusalBubble } from './links/RefusalBubble.tsx'
import { RefusalHint } from './links/RefusalHint.tsx'
import { SnapRadius } from './links/SnapRadius.tsx'
import { useLinking } from './links/use-linking.ts'
import { FarPicture } from './nodes/FarPicture.tsx'
import { estimatedSize } from './nodes/node-size.ts'
import { nodeTypes } from './nodes/WorkflowNode.tsx'
import { CanvasMenu } from './palette/CanvasMenu.tsx'
import { Palette } from './palette/Palette.tsx'
import { PortTip } from './ports/PortTip.tsx'
import { useCanvasEvents } from './use-canvas-events.ts'
import { useCanvasPointer } from './use-canvas-pointer.ts'
import { useSelectionMode } from './use-selection-mode.ts'
import { Dots } from './view/Dots.tsx'
import { GraphMap } from './view/GraphMap.tsx'
import { GuideLines } from './view/GuideLines.tsx'
import { useCanvasFocus } from './view/use-canvas-focus.ts'
import { useTabView } from './view/use-tab-view.ts'
import { ZoomBar } from './view/ZoomBar.tsx'
import { isMoving, SMALL_GRAPH, setMoving, useFar, useNearEdges, useZoomLevel } from './view/zoom-level.ts'

const BOX_KEYS = ['Shift', 'Control', 'Meta', 'Alt+Shift', 'Alt+Control', 'Alt+Meta']
const GRID: [number, number] = [8, 8]

/** While the canvas moves it is one picture, moved as such; when it rests, it is drawn sharp again. A press is no move. */
function onMove(event: unknown): void {
  if (isMoving()) return
  setMoving(true)
  document.querySelector<HTMLElement>('.canvas')?.setAttribute('data-moving', '')
  if (event) closeOverlays()
}

function onMoveEnd(): void {
  if (!isMoving()) return
  setMoving(false)
  document.querySelector('.canvas')?.removeAttribute('data-moving')
}

/** The graph itself. */
export function Canvas() {
  const t = useText()
  useCanvasFocus()
  const nodes = useCanvas((state) => state.nodes)
  const edges = useCanvas((state) => state.edges)
  const navigation = useView((state) => state.navigation)
  const minimap = useView((state) => state.minimap)
  const snap = useView((state) => state.snap)
  const events = useCanvasEvents()
  const linking = useLinking()
  const drop = useFileDrop()
  const pointer = useCanvasPointer()
  const selectionMode = useSelectionMode()
  useLinkFocus()
  const far = useFar()
  const nearEdges = useNearEdges(edges)
  useZoomLevel()
  const mouse = navigation === 'mouse'
  return (
    <CanvasMenu>
      <main
        className="canvas"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: one stop of the Tab key, which hands the focus on to a node.
        tabIndex={0}
        aria-label={t('canvas.label')}
        data-far={far}
        data-dragging-files={drop.over}
        {...drop.handlers}
        {...pointer}
      >
        <ReactFlow
          nodes={nodes}
          edges={nearEdges}
          nodeTypes={nodeTypes}
          edgeTypes={edgeTypes}
          connectionLineComponent={PulledCable}
          connectOnClick={false}
          {...events}
          {...linking}
          panOnDrag={mouse ? [0, 1] : [1]}
          panOnScroll={!mouse}
          zoomOnScroll={mouse}
          selectionOnDrag={!mouse}
          selectionKeyCode={BOX_KEYS}
          multiSelectionKeyCode={['Shift', 'Control', 'Meta']}
          panActivationKeyCode="Space"
          zoomOnDoubleClick={false}
          deleteKeyCode={null}
          disableKeyboardA11y
          selectionMode={selectionMode}
          snapToGrid={snap}
          snapGrid={GRID}
          minZoom={0.04}
          maxZoom={2}
          onMove={onMove}
          onMoveEnd={onMoveEnd}
          proOptions={{ hideAttribution: true }}
          aria-label={t('canvas.label')}
        >
          <Dots />
          {(far || nodes.length > SMALL_GRAPH) && <FarPicture far={far} />}
          {minimap && <GraphMap />}
          <ZoomBar />
          <FitOnOpen />
          <LevelView />
          <SnapRadius />
          <GuideLines />
        </ReactFlow>
        <Breadcrumb />
        <EmptyHint />
        <DropHint dragged={drop.dragged} />
        <MissingPanel />
        <RefusalHint />
        <RefusalBubble />
        <PortChooser />
        <PortTip />
        <Palette />
      </main>
    </CanvasMenu>
  )
}

/**
 * A newly opened document is shown whole, once; undo and edits never move the view. A large one goes by the sizes its
 * nodes will have, so that none has to be drawn near first.
 */
function FitOnOpen() {
  const { fitView, fitBounds, setViewport } = useReactFlow()
  const opened = useDocument((state) => state.openedCount)
  const measured = useStore((state) => (state.nodes.every((node) => node.measured?.width) ? state.nodes : null))
  const view = useTabView()
  const fitted = useRef(0)
  useEffect(() => {
    if (fitted.current === opened) return
    if (view.restore()) {
      fitted.current = opened
      return
    }
    const count = Object.keys(documentStore.getState().workflow.nodes).length
    const { nodes } = canvasStore.getState()
    const isLarge = count > SMALL_GRAPH && nodes.length > 0
    // For a moment the canvas still holds the nodes of the document before.
    if (count > 0 && measured !== nodes && !isLarge) return
    fitted.current = opened
    view.settle()
    if (count === 0) void setViewport({ x: 0, y: 0, zoom: 1 })
    else if (isLarge) void fitBounds(boundsOf(nodes), { padding: 0.04 })
    else void fitView({ padding: 0.08, maxZoom: 1 })
  }, [opened, measured, fitView, fitBounds, setViewport, view])
  return null
}

function boundsOf(nodes: readonly FlowNode[]): { x: number; y: number; width: number; height: number } {
  const { workflow } = documentStore.getState()
  const { descriptors } = catalogStore.getState()
  let [left, top, right, bottom] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, 0, 0]
  for (const { id, position, measured } of nodes) {
    const size = estimatedSize(descriptors.get(workflow.nodes[id]?.type ?? ''))
    left = Math.min(left, position.x)
    top = Math.min(top, position.y)
    right = Math.max(right, position.x + (measured?.width ?? size.width))
    bottom = Math.max(bottom, position.y + (measured?.height ?? size.height))
  }
  return { x: left, y: top, width: right - left, height: bottom - top }
}
