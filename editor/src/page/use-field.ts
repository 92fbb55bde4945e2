import type { Field } from '../document/declared-fields.ts'
import { useDocument } from '../document/document-store.ts'
import { setParam } from '../document/edits.ts'
import { useView } from '../view/view-store.ts'
import { fieldLabel } from './field-words.ts'

/** A declared input's words and how to change it: the same edit the canvas makes. */
export function useField(field: Field) {
  const edit = useDocument((state) => state.edit)
  const seal = useDocument((state) => state.seal)
  const language = useView((state) => state.language)
  const { node, param } = field
  const locked = useDocument((state) => state.workflow.layout.marks?.[node]?.locked === true || state.readOnly)
  return {
    label: fieldLabel(field, language),
    change: (value: unknown, together?: string) =>
      edit(setParam(node, param.name, value), together ?? `param:${node}.${param.name}`, together !== undefined),
    seal,
    /** Nothing here may change it: its node is locked, or the document is another window's. */
    locked,
  }
}
