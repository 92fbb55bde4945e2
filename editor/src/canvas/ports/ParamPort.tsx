import type { ParamDescriptor, PortType } from '@beatloom/core'
import { Handle, Position } from '@xyflow/react'
import { memo } from 'react'
import { useText } from '../../i18n/index.ts'
import { usePortFit } from '../links/use-port-fit.ts'
import { PortMark } from './PortMark.tsx'

interface ParamPortProps {
  node: string
  param: ParamDescriptor
  label: string
  type: PortType
  fed: boolean
}

/** The input that a value is: small until a fitting cable is pulled, and then as wide as the whole label. */
export const ParamPort = memo(function ParamPort({ node, param, label, type, fed }: ParamPortProps) {
  const t = useText()
  const fit = usePortFit(node, param.name, 'input')
  return (
    <span className="param-port" data-fit={fit} data-fed={fed}>
      <Handle
        id={param.name}
        type="target"
        position={Position.Left}
        className="port-handle nokey"
        role="button"
        tabIndex={0}
        aria-label={t('param.port', { name: label, type })}
        title={t('param.port', { name: label, type })}
      >
        <PortMark type={type} optional={!fed} />
      </Handle>
    </span>
  )
})
