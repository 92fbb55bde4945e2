import type { NodeDescriptor } from '@beatloom/core'
import { CornerDownRight } from 'lucide-react'
import { routesOf } from '../../document/pass-through.ts'
import { useText } from '../../i18n/index.ts'
import type { NodeText } from '../../i18n/node-text.ts'
import { PortMark } from '../ports/PortMark.tsx'

/** On a bypassed node: which input stands in for each output, and which outputs give nothing. */
export function BypassRoutes({ descriptor, words }: { descriptor: NodeDescriptor; words: NodeText }) {
  const t = useText()
  const routes = routesOf(descriptor)
  return (
    <ul className="bypass-routes">
      {descriptor.outputs.map((output) => {
        const route = routes.find((candidate) => candidate.output.name === output.name)
        const names = { output: words.port(output), input: route ? words.port(route.input) : '' }
        return (
          <li key={output.name} data-open={route !== undefined}>
            {route && <PortMark type={route.input.type} />}
            <CornerDownRight size={13} aria-hidden="true" />
            <span>{route ? t('mark.passes', names) : t('mark.nothing', names)}</span>
          </li>
        )
      })}
    </ul>
  )
}
