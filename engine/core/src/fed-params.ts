import { z } from 'zod'
import { AppError } from './errors.ts'
import { withFileLists } from './file-params.ts'
import { sentence } from './findings.ts'
import type { NodeDefinition, ParamMeta } from './node-definition.ts'
import type { InputPort, PortType } from './ports.ts'

/**
 * Params that a link feeds. A link may name a param instead of an input: the value that comes along it takes the place
 * of the typed one, which stays in the file and returns when the link goes.
 */

interface ParamSchema {
  type?: string
  enum?: unknown[]
  anyOf?: { const?: unknown }[]
}

/**
 * The port type whose values a param takes: NUMBER, BOOLEAN or TEXT. Files and models are looked up before a run
 * begins, and lists and records have no port type, so nothing can feed those.
 */
export function portTypeOfParam(schema: ParamSchema, widget: ParamMeta['widget']): PortType | null {
  if (widget === 'file' || widget === 'model') return null
  if (widget === 'seed') return 'NUMBER'
  const choices = schema.enum ?? schema.anyOf?.flatMap((option) => option.const ?? [])
  const type = schema.type ?? (choices && choices.length > 0 ? typeof choices[0] : undefined)
  if (type === 'number' || type === 'integer') return 'NUMBER'
  if (type === 'boolean') return 'BOOLEAN'
  return type === 'string' ? 'TEXT' : null
}

const portsByDefinition = new WeakMap<NodeDefinition, ReadonlyMap<string, InputPort>>()

function paramPorts(definition: NodeDefinition): ReadonlyMap<string, InputPort> {
  const known = portsByDefinition.get(definition)
  if (known) return known
  const { properties = {} } = z.toJSONSchema(definition.params, { io: 'input', unrepresentable: 'any' })
  const ports = new Map<string, InputPort>()
  for (const [name, schema] of Object.entries(properties)) {
    const type = portTypeOfParam(schema as ParamSchema, (schema as ParamMeta).widget)
    if (type) ports.set(name, { type, optional: true })
  }
  portsByDefinition.set(definition, ports)
  return ports
}

/** What a link to this name feeds: an input, or a param that can be fed. */
export function inputPort(definition: NodeDefinition, name: string): InputPort | undefined {
  if (Object.hasOwn(definition.inputs, name)) return definition.inputs[name]
  return paramPorts(definition).get(name)
}

/** The names among these that are params. */
export function fedParams(definition: NodeDefinition, names: Iterable<string>): string[] {
  return [...names].filter((name) => !Object.hasOwn(definition.inputs, name) && paramPorts(definition).has(name))
}

/** Parses what is typed; fed params are left out, since their values come later. */
export function parseTyped(definition: NodeDefinition, given: Record<string, unknown>, fed: readonly string[]) {
  const params = withFileLists(definition, given)
  if (fed.length === 0) return definition.params.safeParse(params)
  const typed = Object.fromEntries(Object.entries(params).filter(([name]) => !fed.includes(name)))
  const mask = Object.fromEntries(fed.map((name) => [name, true as const]))
  return definition.params.omit(mask as Record<string, never>).safeParse(typed)
}

/**
 * The params of one call: the typed ones and those that links brought.
 * @throws {AppError} `input_invalid` when a value that came along a link is none the param takes.
 */
export function callParams(
  definition: NodeDefinition,
  typed: Record<string, unknown>,
  call: Record<string, unknown>,
): Record<string, unknown> {
  const names = Object.keys(call)
  if (names.every((name) => Object.hasOwn(definition.inputs, name))) return typed
  const fed = fedParams(definition, names)
  const params = { ...typed }
  for (const name of fed) params[name] = asTyped(definition, name, call[name])
  const parsed = definition.params.safeParse(params)
  if (!parsed.success) {
    const { path, message } = parsed.error.issues[0] as z.core.$ZodIssue
    const param = String(path[0] ?? fed[0])
    throw new AppError('input_invalid', `The value linked to "${param}" does not fit: ${sentence(message)}`, {
      details: { param, value: params[param] },
    })
  }
  const problem = definition.check?.(parsed.data)[0]
  if (problem) throw new AppError('input_invalid', problem.message, { details: { param: problem.param } })
  return parsed.data
}

/** Seeds are written as decimal strings, since they may be larger than a double holds; links bring them as numbers. */
function asTyped(definition: NodeDefinition, name: string, value: unknown): unknown {
  const shape = definition.params.shape[name] as z.ZodType | undefined
  const isSeed = (shape?.meta?.() as ParamMeta | undefined)?.widget === 'seed'
  return isSeed && typeof value === 'number' ? String(Math.abs(Math.trunc(value))) : value
}
