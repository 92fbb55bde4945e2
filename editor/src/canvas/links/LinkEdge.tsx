import { EdgeLabelRenderer, type EdgeProps } from '@xyflow/react'
import { memo, useState } from 'react'
import { useStore } from 'zustand'
import { useDocument } from '../../document/document-store.ts'
import { linkKey } from '../../document/edits.ts'
import { nodeText } from '../../i18n/node-text.ts'
import { useDescriptor } from '../../view/catalog-store.ts'
import { useView } from '../../view/view-store.ts'
import type { FlowEdge } from '../canvas-store.ts'
import { linkFocusStore } from './link-focus.ts'
import { linkPath } from './link-path.ts'
import { pullStore } from './pull-store.ts'

const GRIP_PX = 20

/**
 * A link: a line, or a name tag at both ends. There may be a thousand of them, so none listens to anything that changes
 * while a node is dragged, other than its own ends.
 */
export const LinkEdge = memo(function LinkEdge(props: EdgeProps<FlowEdge>) {
  const { id, source, target, selected, data } = props
  const shape = useView((state) => state.linkShape)
  const show = useView((state) => state.linkShow)
  const near = useStore(linkFocusStore, (state) => show !== 'near' || state.near.has(source) || state.near.has(target))
  const tagged = useDocument(({ workflow: { layout } }) =>
    Boolean(layout.links && data && layout.links[linkKey(data.ends)]?.tag),
  )
  const moving = useStore(pullStore, ({ pull }) =>
    Boolean(pull?.moving.some(({ from, to }) => data && linkKey({ from, to }) === linkKey(data.ends))),
  )
  const from = { x: props.sourceX, y: props.sourceY }
  const to = { x: props.targetX, y: props.targetY }
  if (tagged) return <TaggedLink {...props} />
  if (!selected && (show === 'none' || !near)) return null
  const path = linkPath(shape, from, to)
  return (
    <>
      <path id={id} className="react-flow__edge-path link-line" data-moving={moving} d={path} style={props.style} />
      <path className="react-flow__edge-interaction" d={path} fill="none" strokeOpacity={0} strokeWidth={GRIP_PX} />
    </>
  )
})

/** The same name where the value leaves and where it arrives; pointing at either shows the line. */
function TaggedLink({ id, source, data, style, sourceX, sourceY, targetX, targetY, selected }: EdgeProps<FlowEdge>) {
  const [over, setOver] = useState(false)
  const shape = useView((state) => state.linkShape)
  const name = useTagName(data?.ends.from.node ?? source, data?.ends.from.port ?? '')
  const path = linkPath(shape, { x: sourceX, y: sourceY }, { x: targetX, y: targetY })
  const colour = { '--port': style?.stroke } as React.CSSProperties
  const tag = (side: 'out' | 'in', x: number, y: number) => (
    <div
      className="link-tag nopan nodrag"
      data-side={side}
      data-lit={over || selected}
      data-link={id}
      style={{ ...colour, transform: `translate(${x}px, ${y}px)` }}
      onPointerEnter={() => setOver(true)}
      onPointerLeave={() => setOver(false)}
    >
      <span>{name}</span>
    </div>
  )
  return (
    <>
      {(over || selected) && <path className="react-flow__edge-path link-line" d={path} style={style} />}
      <EdgeLabelRenderer>
        {tag('out', sourceX, sourceY)}
        {tag('in', targetX, targetY)}
      </EdgeLabelRenderer>
    </>
  )
}

/** `Load image · Image`: what the value is, wherever it is named. */
function useTagName(node: string, port: string): string {
  const language = useView((state) => state.language)
  const type = useDocument((state) => state.workflow.nodes[node]?.type ?? '')
  const title = useDocument((state) => state.workflow.nodes[node]?.title)
  const descriptor = useDescriptor(type)
  const words = descriptor && nodeText(descriptor, language)
  const known = descriptor?.outputs.find((candidate) => candidate.name === port)
  return `${title ?? words?.title ?? type} · ${known && words ? words.port(known) : port}`
}

/** Outside any component: a fresh object would mount every link anew. */
export const edgeTypes = { default: LinkEdge }
