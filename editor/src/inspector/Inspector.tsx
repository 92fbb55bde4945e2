import { X } from 'lucide-react'
import { useCanvas } from '../canvas/canvas-store.ts'
import { descriptorOf } from '../canvas/links/link-ends.ts'
import { togglePart } from '../canvas/panels-store.ts'
import { revealNode } from '../canvas/view/reveal.ts'
import { useDocument } from '../document/document-store.ts'
import { useText } from '../i18n/index.ts'
import { useNodeText } from '../i18n/node-text.ts'
import { IconButton } from '../ui/Button.tsx'
import { useDescriptors } from '../view/catalog-store.ts'
import { commonParams } from './common-params.ts'
import { NodeFacts } from './NodeFacts.tsx'
import { ParamField } from './ParamField.tsx'
import { useSelectedNodes } from './use-selected-nodes.ts'

/** What is selected, in full: one node with everything about it, several with the values they share. */
export function Inspector() {
  const t = useText()
  const ids = useSelectedNodes()
  return (
    <aside className="panel inspector" aria-label={t('command.inspector')}>
      <header className="panel-head">
        <h2>{t('command.inspector')}</h2>
        <IconButton label={t('app.close')} onClick={() => togglePart('inspector')}>
          <X size={16} />
        </IconButton>
      </header>
      <div className="panel-body">
        <SelectionFacts nodes={ids} onGo={revealNode} />
      </div>
    </aside>
  )
}

interface SelectionFactsProps {
  nodes: readonly string[]
  onGo(node: string): void
}

export function SelectionFacts({ nodes, onGo }: SelectionFactsProps) {
  const [only, ...more] = nodes
  if (only === undefined) return <GraphFacts />
  return more.length > 0 ? <SeveralFacts nodes={nodes} /> : <NodeFacts key={only} node={only} onGo={onGo} />
}

/** With nothing selected: how large the graph is, and how to go on. */
function GraphFacts() {
  const t = useText()
  const nodes = useDocument((state) => Object.keys(state.workflow.nodes).length)
  const links = useCanvas((state) => state.edges.length)
  return (
    <>
      <p className="inspector-about">{t('inspector.graph', { nodes, links })}</p>
      <p className="panel-empty">{t('inspector.nothing')}</p>
    </>
  )
}

function SeveralFacts({ nodes }: { nodes: readonly string[] }) {
  const t = useText()
  const workflow = useDocument((state) => state.workflow)
  const known = useDescriptors()
  const descriptors = nodes.map((node) => descriptorOf(workflow, known, node))
  const words = useNodeText(descriptors[0]!)
  const params = commonParams(descriptors)
  return (
    <>
      <p className="inspector-about">{t('inspector.several', { count: nodes.length })}</p>
      {params.length === 0 && <p className="panel-empty">{t('inspector.noCommon')}</p>}
      <section className="inspector-fields" aria-label={t('outline.values')}>
        {params.map((param) => (
          <ParamField key={`${nodes.join()}.${param.name}`} nodes={nodes} param={param} words={words} />
        ))}
      </section>
    </>
  )
}
