import { ReactFlowProvider } from '@xyflow/react'
import '@xyflow/react/dist/base.css'
import { useView } from '../view/view-store.ts'
import '../styles/canvas.css'
import '../styles/node.css'
import '../styles/panels.css'
import { Canvas } from './Canvas.tsx'
import { OpenDialog } from './OpenDialog.tsx'
import { QueuePanel } from './QueuePanel.tsx'
import { ShortcutSheet } from './ShortcutSheet.tsx'
import { Toolbar } from './Toolbar.tsx'

export function GraphPage() {
  const panel = useView((state) => state.panel)
  return (
    <ReactFlowProvider>
      <div className="graph-page">
        <Toolbar />
        <div className="graph-body">
          <Canvas />
          {panel === 'queue' && <QueuePanel />}
        </div>
        <OpenDialog />
        <ShortcutSheet />
      </div>
    </ReactFlowProvider>
  )
}
