import type { NodeDescriptor } from '@beatloom/core'
import { useNodeText } from '../../i18n/node-text.ts'
import { PortMark } from '../ports/PortMark.tsx'

/** A node type in one line, with its ports. */
export function NodeHelp({ descriptor }: { descriptor: NodeDescriptor }) {
  const words = useNodeText(descriptor)
  const ports = [
    ...descriptor.inputs.map((port) => ({ port, arrow: '' })),
    ...descriptor.outputs.map((port) => ({ port, arrow: '→ ' })),
  ]
  return (
    <div className="palette-help">
      <p>{words.description}</p>
      <ul>
        {ports.map(({ port, arrow }) => (
          <li key={`${arrow}${port.name}`}>
            {arrow}
            <PortMark type={port.type} optional={port.optional === true} list={port.list === true} />
            {words.port(port)}
          </li>
        ))}
      </ul>
    </div>
  )
}
