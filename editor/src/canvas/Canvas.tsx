import { Background, BackgroundVariant, MiniMap, ReactFlow, SelectionMode, useReactFlow, useStore } from '@xyflow/react'
import { useEffect, useRef } from 'react'
import { documentStore, useDocument } from '../document/document-store.ts'
import { useText } from '../i18n/index.ts'
import { runStore } from '../run/run-store.ts'
import { useView } from '../view/view-store.ts'
import { CanvasMenu } from './CanvasMenu.tsx'
import { closeOverlays, useCanvas } from './canvas-store.ts'
import { DropHint } from './DropHint.tsx'
import { EmptyHint } from './EmptyHint.tsx'
import { Palette } from './Palette.tsx'
import { PortChooser } from './PortChooser.tsx'
import { RefusalBubble } from './RefusalBubble.tsx'
import { RefusalHint } from './RefusalHint.tsx'
import { useCanvasEvents } from './use-canvas-events.ts'
import { useClipboard } from './use-clipboard.ts'
import { useDocumentSync } from './use-document-sync.ts'
import { useFileDrop } from './use-file-drop.ts'
import { useLinking } from './use-linking.ts'
import { useShortcuts } from './use-shortcuts.ts'
import { nodeTypes } from './WorkflowNode.tsx'
import { ZoomBar } from './ZoomBar.tsx'

const FAR_ZOOM = 0.4
const SNAP_PX = 24
const MANY_NODES = 120
const GRID: [number, number] = [8, 8]
const MINIMAP_COLOURS: Record<string, string> = {
  running: 'var(--accent)',
  done: 'var(--good)',
  cached: 'var(--good)',
  failed: 'var(--bad)',
}

/** The graph itself. */
export function Canvas() {
  const t = useText()
  useDocumentSync()
  useShortcuts()
  useClipboard()
  const nodes = useCanvas((state) => state.nodes)
  const edges = useCanvas((state) => state.edges)
  const navigation = useView((state) => state.navigation)
  const minimap = useView((state) => state.minimap)
  const snap = useView((state) => state.snap)
  const events = useCanvasEvents()
  const linking = useLinking()
  const drop = useFileDrop()
  const far = useStore((state) => state.transform[2] < FAR_ZOOM)
  const mouse = navigation === 'mouse'
  return (
    <CanvasMenu>
      <div className="canvas" data-far={far} data-dragging-files={drop.over} {...drop.handlers}>
        <ReactFlow
          nodes={nodes}
          edges={edges}
          nodeTypes={nodeTypes}
          {...events}
          {...linking}
          panOnDrag={mouse ? [0, 1] : [1]}
          panOnScroll={!mouse}
          zoomOnScroll={mouse}
          selectionOnDrag={!mouse}
          selectionKeyCode={['Shift', 'Control', 'Meta']}
          multiSelectionKeyCode={['Shift', 'Control', 'Meta']}
          panActivationKeyCode="Space"
          zoomOnDoubleClick={false}
          deleteKeyCode={null}
          disableKeyboardA11y
          selectionMode={SelectionMode.Partial}
          connectionRadius={SNAP_PX}
          snapToGrid={snap}
          snapGrid={GRID}
          minZoom={0.1}
          maxZoom={2}
          onlyRenderVisibleElements={nodes.length > MANY_NODES}
          onMoveStart={closeOverlays}
          proOptions={{ hideAttribution: true }}
          aria-label={t('canvas.label')}
        >
          <Background variant={BackgroundVariant.Dots} gap={24} size={1.4} />
          {minimap && (
            <MiniMap
              pannable
              zoomable
              ariaLabel={t('canvas.minimap')}
              nodeColor={(node) =>
                MINIMAP_COLOURS[runStore.getState().run?.nodes[node.id]?.state ?? ''] ?? 'var(--line-strong)'
              }
              nodeBorderRadius={12}
            />
          )}
          <ZoomBar />
          <FitOnOpen />
        </ReactFlow>
        <EmptyHint />
        <DropHint over={drop.over} />
        <RefusalHint />
        <RefusalBubble />
        <PortChooser />
        <Palette />
      </div>
    </CanvasMenu>
  )
}

/** A newly opened document is shown whole, once; undo and edits never move the view. */
function FitOnOpen() {
  const { fitView, setViewport } = useReactFlow()
  const opened = useDocument((state) => state.openedCount)
  const measured = useStore((state) => state.nodes.length > 0 && state.nodes.every((node) => node.measured?.width))
  const fitted = useRef(0)
  useEffect(() => {
    if (fitted.current === opened) return
    const isEmpty = Object.keys(documentStore.getState().workflow.nodes).length === 0
    if (!isEmpty && !measured) return
    fitted.current = opened
    if (isEmpty) void setViewport({ x: 0, y: 0, zoom: 1 })
    else void fitView({ padding: 0.08, maxZoom: 1 })
  }, [opened, measured, fitView, setViewport])
  return null
}
