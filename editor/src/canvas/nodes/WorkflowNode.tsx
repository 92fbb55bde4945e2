import type { NodeDescriptor } from '@beatloom/core'
import { type NodeProps, useUpdateNodeInternals } from '@xyflow/react'
import { memo, useEffect, useRef } from 'react'
import { useDocument } from '../../document/document-store.ts'
import { placeholderFor } from '../../document/placeholder.ts'
import { useText } from '../../i18n/index.ts'
import { nodeText, useNodeText } from '../../i18n/node-text.ts'
import { useRun } from '../../run/run-store.ts'
import { useNodeProblems } from '../../shell/problem-store.ts'
import { shownText } from '../../ui/shown-text.ts'
import { useDescriptor } from '../../view/catalog-store.ts'
import { useView } from '../../view/view-store.ts'
import type { FlowNode } from '../canvas-store.ts'
import { BoxNode } from '../groups/BoxNode.tsx'
import { FrameNode } from '../groups/FrameNode.tsx'
import { PortColumns } from '../ports/PortColumns.tsx'
import { useNear } from '../view/zoom-level.ts'
import { BypassRoutes } from './BypassRoutes.tsx'
import { FarNode } from './FarNode.tsx'
import { useFilledIn } from './fill-in.ts'
import { KeptValues } from './KeptValues.tsx'
import { NodeMarks } from './NodeMarks.tsx'
import { NodePreviews } from './NodePreviews.tsx'
import { NodeProblems } from './NodeProblems.tsx'
import { NodeState } from './NodeState.tsx'
import { NodeSummary } from './NodeSummary.tsx'
import { NodeTitle } from './NodeTitle.tsx'
import { estimatedSize } from './node-size.ts'
import { ParamForm } from './ParamForm.tsx'
import { RerouteNode } from './RerouteNode.tsx'
import { StubNode } from './StubNode.tsx'

/**
 * Draws every node from its descriptor; what is not installed is a placeholder that keeps its ports and values. From
 * afar, and on large graphs until there is time, a node is its title alone.
 */
export const WorkflowNode = memo(function WorkflowNode({ id, selected, width, height }: NodeProps<FlowNode>) {
  const type = useDocument((state) => state.workflow.nodes[id]?.type ?? '')
  const descriptor = useDescriptor(type)
  const near = useFilledIn(useNear(id))
  useMeasureWhenNear(id, near)
  if (!near && !descriptor?.transparent) {
    const size = width && height ? { width, height } : estimatedSize(descriptor)
    return <DistantNode id={id} type={type} descriptor={descriptor} size={size} />
  }
  if (descriptor?.transparent) return <RerouteNode id={id} descriptor={descriptor} selected={selected} />
  return descriptor ? (
    <NodeCard id={id} descriptor={descriptor} selected={selected} />
  ) : (
    <UnknownNode id={id} selected={selected} />
  )
})

/** React Flow measures ports when a node's size changes; a node that comes near may keep its size. */
function useMeasureWhenNear(id: string, near: boolean): void {
  const measure = useUpdateNodeInternals()
  const wasNear = useRef(near)
  useEffect(() => {
    if (near && !wasNear.current) measure(id)
    wasNear.current = near
  }, [id, near, measure])
}

interface DistantProps {
  id: string
  type: string
  descriptor: NodeDescriptor | undefined
  size: { width: number; height: number }
}

function DistantNode({ id, type, descriptor, size }: DistantProps) {
  const language = useView((state) => state.language)
  const title = useDocument((state) => state.workflow.nodes[id]?.title)
  const state = useRun((store) => store.run?.nodes[id]?.state ?? 'idle')
  const name = title ?? (descriptor ? nodeText(descriptor, language).title : type)
  return <FarNode name={name} state={state} size={size} />
}

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
  const collapsed = useDocument((state) => state.workflow.layout.marks?.[id]?.collapsed === true)
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
      data-collapsed={collapsed}
      aria-label={shownText(name)}
    >
      <NodeSummary id={id} />
      <header className="node-head">
        <NodeTitle id={id} name={name} hint={title ? words.title : words.description} />
        {mode && <span className="node-mode">{t(`node.${mode}`)}</span>}
        <NodeMarks id={id} />
        <NodeState id={id} />
      </header>
      <PortColumns id={id} descriptor={descriptor} words={words} problems={problems} />
      {mode === 'bypass' && !collapsed && <BypassRoutes descriptor={descriptor} words={words} />}
      <ParamForm id={id} descriptor={descriptor} words={words} problems={problems} />
      {unknown && <KeptValues id={id} type={descriptor.type} />}
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
export const nodeTypes = { workflow: WorkflowNode, frame: FrameNode, box: BoxNode, stub: StubNode }
