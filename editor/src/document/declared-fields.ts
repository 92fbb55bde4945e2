import {
  type NodeDescriptor,
  type ParamDescriptor,
  referencesIn,
  type Workflow,
  type WorkflowInput,
} from '@beatloom/core'
import { widgetOf } from '../widgets/widget.ts'
import type { Descriptors } from './link-rules.ts'

/** A declared input of the workflow, with everything a form needs to edit it. */
export interface Field {
  name: string
  input: WorkflowInput
  node: string
  descriptor: NodeDescriptor
  /** The node's param, its range narrowed by the declaration. */
  param: ParamDescriptor
  value: unknown
  /** A link gives the value, so there is nothing to fill in. */
  fed: boolean
}

export interface MediaStep {
  field: Field
  accept: 'image' | 'audio' | 'video'
  /** The stretch of a sound that is used, where both ends are declared. */
  range: { start: Field; duration: Field } | null
}

/** The form of a workflow: its files as steps, its first line of text and what asks for it in sight, the rest under "More". */
export interface FormPlan {
  media: MediaStep[]
  line: Field | null
  shown: Field[]
  more: Field[]
}

export function declaredFields(workflow: Workflow, descriptors: Descriptors): Field[] {
  const fields = Object.entries(workflow.inputs).flatMap(([name, input]): Field[] => {
    const node = workflow.nodes[input.node]
    const descriptor = descriptors.get(node?.type ?? '')
    const param = descriptor?.params.find((candidate) => candidate.name === input.param)
    if (!node || !descriptor || !param) return []
    const value = node.params[input.param] ?? param.default
    const fed = node.links[input.param] !== undefined
    return [{ name, input, node: input.node, descriptor, param: narrowed(param, input), value, fed }]
  })
  return fields.toSorted((a, b) => placeOf(a.input) - placeOf(b.input))
}

/** What has no place of its own comes last, as it stands in the file. */
const placeOf = ({ order }: { order?: number | undefined }): number => order ?? Number.MAX_SAFE_INTEGER

export interface DeclaredOutput {
  name: string
  output: Workflow['outputs'][string]
}

/** What the workflow hands out, in the order its form shows it. */
export const declaredOutputs = (workflow: Workflow): DeclaredOutput[] =>
  Object.entries(workflow.outputs)
    .map(([name, output]): DeclaredOutput => ({ name, output }))
    .toSorted((a, b) => placeOf(a.output) - placeOf(b.output))

function narrowed(param: ParamDescriptor, input: WorkflowInput): ParamDescriptor {
  const schema = { ...param.schema }
  if (input.min !== undefined) schema.minimum = input.min
  if (input.max !== undefined) schema.maximum = input.max
  return { ...param, schema }
}

export function planForm(declared: readonly Field[]): FormPlan {
  const fields = declared.filter((field) => !field.input.hidden && !field.fed)
  const used = new Set<Field>()
  const media = fields
    .filter((field) => widgetOf(field.param) === 'file' && !field.input.advanced)
    .flatMap((field): MediaStep[] => {
      const beside = (param: string) => fields.find((other) => other.node === field.node && other.param.name === param)
      const start = beside('startSeconds')
      const duration = beside('durationSeconds')
      const accept = field.param.accept ?? 'image'
      if (accept === 'weights') return []
      const range = accept === 'audio' && start && duration ? { start, duration } : null
      for (const part of [field, range?.start, range?.duration]) if (part) used.add(part)
      return [{ field, accept, range }]
    })
  const isText = (field: Field) => ['text', 'multiline'].includes(widgetOf(field.param))
  const line = fields.find((field) => !used.has(field) && isText(field) && !field.input.advanced) ?? null
  if (line) used.add(line)
  const rest = fields.filter((field) => !used.has(field))
  // Beside files, a value comes in sight by asking; a form without files would else be empty.
  const isShown = ({ input }: Field) => input.advanced === false || (input.advanced === undefined && media.length === 0)
  return { media, line, shown: rest.filter(isShown), more: rest.filter((field) => !isShown(field)) }
}

/** Files the form still needs before it can run. */
export function missingFields(plan: FormPlan): Field[] {
  return plan.media.map((step) => step.field).filter((field) => referencesIn(field.value).length === 0)
}
