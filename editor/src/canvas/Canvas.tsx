import { ReactFlow, useReactFlow, useStore } from '@xyflow/react'
import { useEffect, useRef } from 'react'
import { documentStore, useDocument } from '../document/document-store.ts'
import { useText } from '../i18n/index.ts'
import { catalogStore } from '../view/catalog-store.ts'
import { useView } from '../view/view-store.ts'
import { Breadcrumb } from './Breadcrumb.tsx'
import { CanvasMenu } from './CanvasMenu.tsx'
import { canvasStore, closeOverlays, type FlowNode, useCanvas } from './canvas-store.ts'
import { Dots } from './Dots.tsx'
import { DropHint } from './DropHint.tsx'
import { EmptyHint } from './EmptyHint.tsx'
import { FarPicture } from './FarPicture.tsx'
import { GraphMap } from './GraphMap.tsx'
import { GuideLines } from './GuideLines.tsx'
import { LevelView } from './LevelView.tsx'
import { edgeTypes } from './LinkEdge.tsx'
import { useLinkFocus } from './link-focus.ts'
import { MissingPanel } from './MissingPanel.tsx'
import { estimatedSize } from './node-size.ts'
import { Palette } from './Palette.tsx'
import { PortChooser } from './PortChooser.tsx'
import { PortTip } from './PortTip.tsx'
import { PulledCable } from './PulledCable.tsx'
import { RefusalBubble } from './RefusalBubble.tsx'
import { RefusalHint } from './RefusalHint.tsx'
import { SnapRadius } from './SnapRadius.tsx'
import { useCanvasEvents } from './use-canvas-events.ts'
import { useCanvasFocus } from './use-canvas-focus.ts'
import { useCanvasPointer } from './use-canvas-pointer.ts'
import { useFileDrop } from './use-file-drop.ts'
import { useLinking } from './use-linking.ts'
import { useSelectionMode } from './use-selection-mode.ts'
import { useTabView } from './use-tab-view.ts'
import { nodeTypes } from './WorkflowNode.tsx'
import { ZoomBar } from './ZoomBar.tsx'
import { isMoving, SMALL_GRAPH, setMoving, useFar, useNearEdges, useZoomLevel } from './zoom-level.ts'

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
