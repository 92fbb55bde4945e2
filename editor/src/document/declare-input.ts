import type { Recipe } from './document-store.ts'

/** Puts a param on the workflow's form under a free name, or takes it off again. */
export function toggleDeclaredInput(node: string, param: string): Recipe {
  return (draft) => {
    const names = Object.keys(draft.inputs).filter((name) => {
      const input = draft.inputs[name]
      return input?.node === node && input.param === param
    })
    if (names.length > 0) {
      for (const name of names) delete draft.inputs[name]
      return
    }
    const base = param in draft.inputs ? `${node}-${param}` : param
    let name = base
    for (let n = 2; name in draft.inputs; n++) name = `${base}-${n}`
    draft.inputs[name] = { node, param }
  }
}
