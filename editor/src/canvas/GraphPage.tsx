import { ReactFlowProvider } from '@xyflow/react'
import { lazy, Suspense } from 'react'
import '@xyflow/react/dist/base.css'
import { TabBar } from '../shell/TabBar.tsx'
import { useTabs } from '../shell/tabs-store.ts'
import { useView } from '../view/view-store.ts'
import '../styles/canvas.css'
import '../styles/far.css'
import '../styles/files.css'
import '../styles/node.css'
import '../styles/links.css'
import '../styles/groups.css'
import '../styles/panels.css'
import '../styles/run.css'
import { Inspector } from '../inspector/Inspector.tsx'
import { NodeLibrary } from '../library/NodeLibrary.tsx'
import { AssetsPanel } from './assets/AssetsPanel.tsx'
import { Canvas } from './Canvas.tsx'
import { CommandPalette } from './CommandPalette.tsx'
import { FileDialogs } from './FileDialogs.tsx'
import { FindBar } from './FindBar.tsx'
import { LeaveFocus } from './LeaveFocus.tsx'
import { LinkPicker } from './LinkPicker.tsx'
import { OpenDialog } from './OpenDialog.tsx'
import { usePanels } from './panels-store.ts'
import { CompareRuns } from './queue/CompareRuns.tsx'
import { QueuePanel } from './queue/QueuePanel.tsx'
import { SaveAsDialog } from './SaveAsDialog.tsx'
import { ShortcutSheet } from './ShortcutSheet.tsx'
import { Toolbar } from './Toolbar.tsx'
import { useClipboard } from './use-clipboard.ts'
import { useDocumentSync } from './use-document-sync.ts'
import { useShortcuts } from './use-shortcuts.ts'

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
