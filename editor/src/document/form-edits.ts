import type { Workflow, WorkflowInput } from '@beatloom/core'
import type { Recipe } from './document-store.ts'

/** Changes to the form of a workflow, which is its declared inputs and outputs. Nothing here changes a value. */

export type FormFace = 'form' | 'graph'

type Change<T> = { [K in keyof T]?: T[K] | undefined }

/** Sets what is given; `undefined`, an empty text and "not hidden" take the entry out of the file. */
export function changeInput(name: string, change: Change<WorkflowInput>): Recipe {
  return (draft) => {
    const input = draft.inputs[name]
    if (input) apply(input, change)
  }
}

export function changeOutput(name: string, change: Change<Workflow['outputs'][string]>): Recipe {
  return (draft) => {
    const output = draft.outputs[name]
    if (output) apply(output, change)
  }
}

function apply(target: Record<string, unknown>, change: Record<string, unknown>): void {
  for (const [key, value] of Object.entries(change)) {
    if (value === undefined || value === '' || (key === 'hidden' && value === false)) delete target[key]
    else target[key] = value
  }
}

/** Gives every declared input the place it has in `names`. */
export const orderInputs = (names: readonly string[]): Recipe => {
  return (draft) => number(draft.inputs, names)
}

export const orderOutputs = (names: readonly string[]): Recipe => {
  return (draft) => number(draft.outputs, names)
}

function number(declared: Record<string, { order?: number | undefined }>, names: readonly string[]): void {
  for (const [order, name] of names.entries()) {
    const item = declared[name]
    if (item) item.order = order
  }
}

/** The list with one item a place earlier (-1) or later (1). */
export function moved(names: readonly string[], name: string, by: -1 | 1): string[] {
  const from = names.indexOf(name)
  const to = from + by
  if (from < 0 || to < 0 || to >= names.length) return [...names]
  return names.toSpliced(from, 1).toSpliced(to, 0, name)
}

/** How the file asks to be opened; null where it leaves that to whoever opens it. */
export function faceOfFile(workflow: Workflow): FormFace | null {
  const { face } = workflow.layout
  return face === 'form' || face === 'graph' ? face : null
}

export function setFaceOfFile(face: FormFace | null): Recipe {
  return (draft) => {
    if (face === null) delete draft.layout.face
    else draft.layout.face = face
  }
}

export function describe(description: string): Recipe {
  return (draft) => {
    if (description === '') delete draft.description
    else draft.description = description
  }
}
