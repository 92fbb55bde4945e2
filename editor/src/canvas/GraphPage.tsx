import { ReactFlowProvider } from '@xyflow/react'
import { lazy, Suspense } from 'react'
import '@xyflow/react/dist/base.css'
import { TabBar } from '../shell/TabBar.tsx'
import { useTabs } from '../shell/tabs-store.ts'
import { useView } from '../view/view-store.ts'
import '../styles/canvas.css'
import '../styles/far.css'
import '../styles/files.css'
import '../styles/models.css'
import '../styles/node.css'
import '../styles/links.css'
import '../styles/groups.css'
import '../styles/panels.css'
import '../styles/run.css'
import { Inspector } from '../inspector/Inspector.tsx'
import { NodeLibrary } from '../library/NodeLibrary.tsx'
import { AssetsPanel } from './assets/AssetsPanel.tsx'
import { Canvas } from './Canvas.tsx'
import { FileDialogs } from './files/FileDialogs.tsx'
import { OpenDialog } from './files/OpenDialog.tsx'
import { SaveAsDialog } from './files/SaveAsDialog.tsx'
import { LeaveFocus } from './keys/LeaveFocus.tsx'
import { ShortcutSheet } from './keys/ShortcutSheet.tsx'
import { useClipboard } from './keys/use-clipboard.ts'
import { useShortcuts } from './keys/use-shortcuts.ts'
import { LinkPicker } from './links/LinkPicker.tsx'
import { CommandPalette } from './palette/CommandPalette.tsx'
import { FindBar } from './palette/FindBar.tsx'
import { usePanels } from './panels-store.ts'
import { CompareRuns } from './queue/CompareRuns.tsx'
import { QueuePanel } from './queue/QueuePanel.tsx'
import { Toolbar } from './Toolbar.tsx'
import { useDocumentSync } from './use-document-sync.ts'

const Outline = lazy(() => import('../outline/Outline.tsx').then((module) => ({ default: module.Outline })))

/** The graph as a canvas or as an outline, with the panels around it. */
export function GraphPage() {
  return (
    <ReactFlowProvider>
      <Graph />
    </ReactFlowProvider>
  )
}

function Graph() {
  useDocumentSync()
  useShortcuts()
  useClipboard()
  const panel = useView((state) => state.panel)
  const face = useView((state) => state.face)
  const coming = useTabs((state) => state.coming !== null)
  const { library, inspector, focusMode } = usePanels((state) => state)
  return (
    <div className="graph-page" data-focus={focusMode} data-coming={coming}>
      <TabBar />
      <Toolbar />
      <div className="graph-body">
        {library && <NodeLibrary />}
        {face === 'outline' ? (
          <Suspense>
            <Outline />
          </Suspense>
        ) : (
          <Canvas />
        )}
        <FindBar />
        {focusMode && <LeaveFocus />}
        {inspector && face !== 'outline' && <Inspector />}
        {panel === 'queue' && <QueuePanel />}
        {panel === 'assets' && <AssetsPanel />}
      </div>
      <OpenDialog />
      <FileDialogs />
      <SaveAsDialog />
      <ShortcutSheet />
      <CommandPalette />
      <LinkPicker />
      <CompareRuns />
    </div>
  )
}
