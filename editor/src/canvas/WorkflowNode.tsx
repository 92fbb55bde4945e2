import type { NodeDescriptor } from '@beatloom/core'
import type { NodeProps } from '@xyflow/react'
import { memo } from 'react'
import { useDocument } from '../document/document-store.ts'
import { placeholderFor } from '../document/placeholder.ts'
import { useText } from '../i18n/index.ts'
import { useNodeText } from '../i18n/node-text.ts'
import { useRun } from '../run/run-store.ts'
import { useNodeProblems } from '../shell/problem-store.ts'
import { useDescriptor } from '../view/catalog-store.ts'
import type { FlowNode } from './canvas-store.ts'
import { NodePreviews } from './NodePreviews.tsx'
import { NodeProblems } from './NodeProblems.tsx'
import { NodeState } from './NodeState.tsx'
import { NodeTitle } from './NodeTitle.tsx'
import { ParamForm } from './ParamForm.tsx'
import { PortColumns } from './PortColumns.tsx'

/** Draws every node from its descriptor; what is not installed is a placeholder that keeps its ports and values. */
export const WorkflowNode = memo(function WorkflowNode({ id, selected }: NodeProps<FlowNode>) {
  const type = useDocument((state) => state.workflow.nodes[id]?.type ?? '')
  const descriptor = useDescriptor(type)
  return descriptor ? (
    <NodeCard id={id} descriptor={descriptor} selected={selected} />
  ) : (
    <UnknownNode id={id} selected={selected} />
  )
})

interface CardProps {
  id: string
  descriptor: NodeDescriptor
  selected: boolean
  unknown?: boolean
}

function NodeCard({ id, descriptor, selected, unknown = false }: CardProps) {
  const t = useText()
  const words = useNodeText(descriptor)
  const title = useDocument((state) => state.workflow.nodes[id]?.title)
  const mode = useDocument((state) => state.workflow.nodes[id]?.mode)
  const state = useRun((store) => store.run?.nodes[id]?.state ?? 'idle')
  const problems = useNodeProblems(id)
  const broken = problems.some((issue) => issue.severity === 'error')
  const name = title ?? words.title
  return (
    <section
      className="node"
      data-state={state}
      data-mode={mode}
      data-selected={selected}
      data-problem={broken}
      data-unknown={unknown}
      aria-label={name}
    >
      <header className="node-head">
        <NodeTitle id={id} name={name} hint={title ? words.title : words.description} />
        {mode && <span className="node-mode">{t(`node.${mode}`)}</span>}
        <NodeState id={id} />
      </header>
      <PortColumns id={id} descriptor={descriptor} words={words} problems={problems} />
      <ParamForm id={id} descriptor={descriptor} words={words} problems={problems} />
      {unknown && <p className="node-unknown">{t('node.unknown', { type: descriptor.type })}</p>}
      <NodePreviews id={id} descriptor={descriptor} />
      <NodeProblems id={id} problems={problems} />
    </section>
  )
}

function UnknownNode({ id, selected }: { id: string; selected: boolean }) {
  const workflow = useDocument((state) => state.workflow)
  return <NodeCard id={id} descriptor={placeholderFor(workflow, id)} selected={selected} unknown />
}

/** Outside any component: a fresh object would mount every node anew. */
export const nodeTypes = { workflow: WorkflowNode }
