import { fileParams, referencesIn } from './file-params.ts'
import { eachLink, type Links } from './graph.ts'
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
    /** Of what is linked to an input. */
    keyOf(source: string, input: string): string
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
    const content = fileNames.includes(name) ? contentOf(referencesIn(value), known.fileHash) : undefined
    if (content === undefined)
      parts.params[name] = typeof value === 'object' ? canonicalJson(value) : JSON.stringify(value)
    else parts.files[name] = content
  }
  for (const [input, link] of eachLink(links)) {
    const source = { node: link.node, port: link.port, key: known.keyOf(link.node, input) }
    const list = parts.inputs[input]
    if (list) list.push(source)
    else parts.inputs[input] = [source]
  }
  const key = known.hash(keyText(parts, definition.cache === 'never' ? crypto.randomUUID() : ''))
  return { id, definition, params, links, key, parts, scope: known.scope ?? [''] }
}

/** The hashes of these files in their order; undefined where there are none, or one of them is not known. */
function contentOf(references: string[], hashOf: (reference: string) => string | undefined): string | undefined {
  const hashes = references.map(hashOf)
  return hashes.length === 0 || hashes.includes(undefined) ? undefined : hashes.join(' ')
}

/**
 * What is hashed, one fact a line. Names of params and ports are identifiers and values are JSON or hashes, so no
 * fact holds a line break and different parts never give one text. Params come in the order of the schema.
 */
function keyText(parts: KeyParts, nonce: string): string {
  let text = `${parts.type} ${parts.version} ${nonce}`
  for (const name in parts.params) text += `\nparam ${name} ${parts.params[name]}`
  for (const name in parts.files) text += `\nfile ${name} ${parts.files[name]}`
  for (const print of parts.models) text += `\nmodel ${JSON.stringify(print)}`
  const inputs = Object.keys(parts.inputs)
  if (inputs.length > 1) inputs.sort()
  for (const input of inputs) {
    for (const { port, key } of parts.inputs[input] ?? []) text += `\ninput ${input} ${port} ${key}`
  }
  return text
}
