import { Handle, Position } from '@xyflow/react'
import { memo } from 'react'
import { useDocument } from '../../document/document-store.ts'
import { portOf } from '../../document/link-rules.ts'
import { useText } from '../../i18n/index.ts'
import { useDescriptors } from '../../view/catalog-store.ts'
import type { OuterPort } from '../canvas-store.ts'
import { usePortFit } from '../links/use-port-fit.ts'
import { PortMark } from '../ports/PortMark.tsx'
import { lookOf } from '../ports/port-look.ts'
import { usePortNames } from '../ports/port-names.ts'
import { handleOf } from './group-ids.ts'

/** A port of a node inside a box, on the box's edge. */
export const BoxPort = memo(function BoxPort({ port: { node, port: name, side, linked } }: { port: OuterPort }) {
  const t = useText()
  const descriptors = useDescriptors()
  const type = useDocument((state) => portOf(state.workflow, descriptors, { node, port: name, side })?.type ?? 'ANY')
  const list = useDocument((state) => portOf(state.workflow, descriptors, { node, port: name, side })?.list === true)
  const fit = usePortFit(node, name, side)
  const names = usePortNames(node, name, side)
  const label = t('group.port', names)
  const isInput = side === 'input'
  return (
    <div className="port" data-side={side} data-fit={fit} data-linked={linked}>
      <Handle
        id={handleOf({ node, port: name })}
        type={isInput ? 'target' : 'source'}
        position={isInput ? Position.Left : Position.Right}
        className="port-handle nokey"
        role="button"
        tabIndex={0}
        aria-label={`${label} (${type})`}
      >
        <PortMark type={type} optional={!linked} list={list} />
      </Handle>
      <span className="port-name" title={label}>
        {names.port} <span className="port-owner">{names.node}</span>
      </span>
      <span className="port-tag" style={{ '--port': lookOf(type).colour } as React.CSSProperties}>
        {lookOf(type).tag}
      </span>
    </div>
  )
})
