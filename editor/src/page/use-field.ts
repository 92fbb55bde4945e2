import type { Field } from '../document/declared-fields.ts'
import { useDocument } from '../document/document-store.ts'
import { setParam } from '../document/edits.ts'
import { inputLabel } from '../i18n/node-text.ts'
import { useView } from '../view/view-store.ts'

/** A declared input's words and how to change it: the same edit the canvas makes. */
export function useField(field: Field) {
  const edit = useDocument((state) => state.edit)
  const seal = useDocument((state) => state.seal)
  const language = useView((state) => state.language)
  const { node, param, name, input } = field
  return {
    label: inputLabel(name, input.label ?? param.title, language),
    change: (value: unknown) => edit(setParam(node, param.name, value), `param:${node}.${param.name}`),
    seal,
  }
}
