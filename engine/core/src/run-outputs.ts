import type { RunOutput } from './events.ts'
import { Blocked } from './node-definition.ts'
import type { NodeState } from './node-state.ts'
import type { PreparedRun } from './prepared-run.ts'
import type { VideoFile } from './values.ts'

/** What a run hands out, by declared output, for those whose node finished. */
export function runOutputs(
  declared: PreparedRun['outputs'],
  stateOf: (id: string) => NodeState | undefined,
): RunOutput[] {
  const outputs: RunOutput[] = []
  for (const { name, node, port, type } of declared) {
    const state = stateOf(node)
    const item = state?.wires[port]?.items[0]
    if (state?.status !== 'done' || item === undefined || item instanceof Blocked) continue
    outputs.push(describeOutput(name, type, item))
  }
  return outputs
}

function describeOutput(name: string, type: string, item: unknown): RunOutput {
  if (typeof item === 'string' || typeof item === 'number' || typeof item === 'boolean')
    return { name, type, value: item }
  if (type === 'VIDEO') return { name, type, file: (item as VideoFile).file, mime: 'video/mp4' }
  return { name, type }
}
