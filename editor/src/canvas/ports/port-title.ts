import type { NodeDescriptor, PortDescriptor } from '@beatloom/core'
import type { NodeText } from '../../i18n/node-text.ts'

/** A port's name as shown; a param that a link feeds goes by the param's name. */
export function portTitle(words: NodeText, descriptor: NodeDescriptor, port: PortDescriptor): string {
  const isPort = descriptor.inputs.some(({ name }) => name === port.name)
  const param = isPort ? undefined : descriptor.params.find(({ name }) => name === port.name)
  return param ? words.param(param) : words.port(port)
}
