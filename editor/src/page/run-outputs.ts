import type { Display, Workflow } from '@beatloom/core'
import type { PublicOutput } from '../api/types.ts'
import { type DeclaredOutput, declaredOutputs } from '../document/declared-fields.ts'
import type { RunView } from '../run/run-view.ts'

/** A declared output of a run: what came of it, and what its node showed of it. */
export interface ShownOutput {
  declared: DeclaredOutput
  made: PublicOutput
  /** Where the run hands out neither a file nor a value, as with pictures, beats and curves. */
  displays: Display[]
}

/** What a run's form shows as its result, in the form's order; a node's displays stand with its first output. */
export function shownOutputs(run: RunView, workflow: Workflow): ShownOutput[] {
  const told = new Set<string>()
  return declaredOutputs(workflow).flatMap((declared): ShownOutput[] => {
    const { name, output } = declared
    const made = run.outputs.find((item) => item.name === name)
    if (!made || output.hidden) return []
    if (made.file || made.value !== undefined) return [{ declared, made, displays: [] }]
    const displays = told.has(output.node)
      ? []
      : (run.displays[output.node] ?? []).filter((item) => item.kind !== 'note')
    told.add(output.node)
    return [{ declared, made, displays }]
  })
}
