import type { NodeDescriptor, ParamDescriptor } from '@beatloom/core'
import { sameValue, widgetOf } from '../widgets/widget.ts'

/** The params that all of these node types have alike: same name, same kind of widget, same rules. */
export function commonParams(descriptors: readonly NodeDescriptor[]): ParamDescriptor[] {
  const [first, ...others] = descriptors
  if (!first) return []
  return first.params.filter((param) =>
    others.every((other) => {
      const twin = other.params.find((candidate) => candidate.name === param.name)
      return twin && widgetOf(twin) === widgetOf(param) && sameValue(twin.schema, param.schema)
    }),
  )
}
