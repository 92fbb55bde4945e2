import { eachLink, fileParams, type Links } from './graph.ts'
import type { NodeDefinition } from './node-definition.ts'
import type { KeyParts, PreparedNode } from './prepared-run.ts'
import { canonicalJson } from './workflow.ts'

/**
 * Gives a node its cache key: the hash of its type, version, params, file contents, models and the keys of its inputs.
 * A node whose result is not a function of these gets a key of its own each time.
 */
export function keyNode(
  id: string,
  definition: NodeDefinition,
  params: Record<string, unknown>,
  links: Links,
  known: {
    hash(text: string): string
    keyOf(id: string): string
    fileHash(reference: string): string | undefined
    models: string[]
    scope?: readonly string[]
  },
): PreparedNode {
  const parts: KeyParts = {
    type: definition.type,
    version: definition.version,
    params: {},
    files: {},
    models: known.models,
    inputs: {},
  }
  const fileNames = fileParams(definition)
  for (const name of Object.keys(params)) {
    const value = params[name]
    const content = fileNames.includes(name) && typeof value === 'string' ? known.fileHash(value) : undefined
    if (content === undefined)
      parts.params[name] = typeof value === 'object' ? canonicalJson(value) : JSON.stringify(value)
    else parts.files[name] = content
  }
  for (const [input, link] of eachLink(links)) {
    const source = { node: link.node, port: link.port, key: known.keyOf(link.node) }
    const list = parts.inputs[input]
    if (list) list.push(source)
    else parts.inputs[input] = [source]
  }
  const nonce = definition.cache === 'never' ? crypto.randomUUID() : ''
  // Params come in the order of the schema and inputs are sorted here, so plain JSON is already canonical.
  const inputs = Object.keys(parts.inputs)
    .sort()
    .map((name) => [name, parts.inputs[name]?.map(({ port, key }) => [port, key])])
  const key = known.hash(
    JSON.stringify([parts.type, parts.version, parts.params, parts.files, parts.models, inputs, nonce]),
  )
  return { id, definition, params, links, key, parts, scope: known.scope ?? [''] }
}
