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
    draft.inputs[freeName(draft.inputs, node, param)] = { node, param }
  }
}

/** The same for a result: an output port that the workflow hands out. */
export function toggleDeclaredOutput(node: string, port: string): Recipe {
  return (draft) => {
    const names = Object.keys(draft.outputs).filter((name) => {
      const output = draft.outputs[name]
      return output?.node === node && output.port === port
    })
    if (names.length > 0) {
      for (const name of names) delete draft.outputs[name]
      return
    }
    draft.outputs[freeName(draft.outputs, node, port)] = { node, port }
  }
}

/** `seed`, `sampler-seed`, `sampler-seed-2` … */
function freeName(taken: Record<string, unknown>, node: string, wanted: string): string {
  const base = wanted in taken ? `${node}-${wanted}` : wanted
  let name = base
  for (let n = 2; name in taken; n++) name = `${base}-${n}`
  return name
}
