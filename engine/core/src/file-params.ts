import type { NodeDefinition, ParamMeta } from './node-definition.ts'

interface FileParam {
  name: string
  several: boolean
}

const known = new WeakMap<NodeDefinition, FileParam[]>()

function describedFileParams(definition: NodeDefinition): FileParam[] {
  const cached = known.get(definition)
  if (cached) return cached
  const params = Object.entries(definition.params.shape).flatMap(([name, field]) => {
    const meta = (field as { meta?(): ParamMeta | undefined }).meta?.()
    return meta?.widget === 'file' ? [{ name, several: meta.several === true }] : []
  })
  known.set(definition, params)
  return params
}

/** Params edited with the `file` widget: their values are file references, or lists of them. */
export const fileParams = (definition: NodeDefinition): string[] =>
  describedFileParams(definition).map(({ name }) => name)

/** The references that a file param's value names, in order; empty ones are left out. */
export const referencesIn = (value: unknown): string[] =>
  [value].flat().filter((reference): reference is string => typeof reference === 'string' && reference !== '')

/** The params with one file's name where a list is taken read as a list of one, and empty names left out. */
export function withFileLists(definition: NodeDefinition, params: Record<string, unknown>): Record<string, unknown> {
  const lists = describedFileParams(definition).flatMap(({ name, several }) => {
    const value = params[name]
    if (!several || value === undefined) return []
    return [[name, [value].flat().filter((reference) => reference !== '')] as const]
  })
  return lists.length === 0 ? params : { ...params, ...Object.fromEntries(lists) }
}
