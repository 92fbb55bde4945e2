import { callParams } from './fed-params.ts'
import type { CachedResult } from './host.ts'
import { Blocked, type NodeDefinition } from './node-definition.ts'
import type { Display } from './services.ts'

/** What travels on a link: one value, or a list of them. */
export interface Wire {
  list: boolean
  items: unknown[]
}

export const single = (value: unknown): Wire => ({ list: false, items: [value] })

/** The outputs of one call, by port, as wires. */
export function wiresOf(
  definition: NodeDefinition,
  outputs: Record<string, unknown>,
  lists: readonly string[] = [],
): Record<string, Wire> {
  const wires: Record<string, Wire> = {}
  for (const name in definition.outputs) {
    const value = outputs[name]
    const isList = definition.outputs[name]?.list || lists.includes(name)
    wires[name] = isList && Array.isArray(value) ? { list: true, items: value } : single(value)
  }
  return wires
}

/** A node's outputs as the cache keeps them. */
export function cachedResult(
  definition: NodeDefinition,
  wires: Record<string, Wire>,
  display: Display[],
): CachedResult {
  const lists = Object.keys(wires).filter((name) => wires[name]?.list && !definition.outputs[name]?.list)
  return { outputs: outputsOf(wires), display, lists }
}

/** The outputs of several calls, one after another. */
export function joinCalls(definition: NodeDefinition, calls: Record<string, unknown>[]): Record<string, Wire> {
  const wires: Record<string, Wire> = {}
  for (const [name, port] of Object.entries(definition.outputs)) {
    const items = calls.flatMap((call) => (port.list && Array.isArray(call[name]) ? call[name] : [call[name]]))
    wires[name] = { list: true, items }
  }
  return wires
}

/**
 * The arguments of each call of a node. Where an input that is no list gets one, the node runs once for each item;
 * shorter lists repeat their last item. An input that is a list takes all of it in every call.
 * @returns one record for each call, and whether the calls come from a list.
 */
export function callsFor(
  definition: NodeDefinition,
  wires: Record<string, Wire>,
): { calls: Record<string, unknown>[]; mapped: boolean } {
  let mapped = false
  let count = 1
  for (const name in wires) {
    const wire = wires[name] as Wire
    if (definition.inputs[name]?.list || !wire.list) continue
    count = mapped
      ? count === 0 || wire.items.length === 0
        ? 0
        : Math.max(count, wire.items.length)
      : wire.items.length
    mapped = true
  }
  const calls: Record<string, unknown>[] = []
  for (let index = 0; index < count; index++) {
    const call: Record<string, unknown> = {}
    for (const name in wires) {
      const wire = wires[name] as Wire
      call[name] = definition.inputs[name]?.list ? wire.items : wire.items[Math.min(index, wire.items.length - 1)]
    }
    calls.push(call)
  }
  return { calls, mapped }
}

/** The blocker among a call's arguments, if any. */
export function blockerIn(call: Record<string, unknown>): Blocked | null {
  for (const name in call) {
    const value = call[name]
    if (value instanceof Blocked) return value
    if (Array.isArray(value)) for (const item of value) if (item instanceof Blocked) return item
  }
  return null
}

/** An input that has to have a value and got none, as an output that is there for some shots alone gives it. */
export function emptyInput({ inputs }: NodeDefinition, call: Record<string, unknown>): string | null {
  for (const name in inputs) {
    const port = inputs[name]
    if (!port || port.optional || port.lazy || port.type === 'ANY') continue
    const value = call[name]
    if (value === undefined || (port.list && Array.isArray(value) && value.includes(undefined))) return name
  }
  return null
}

/** Every output of a node blocked, for a call that cannot happen. */
export function allBlocked(definition: NodeDefinition, blocker: Blocked): Record<string, unknown> {
  return Object.fromEntries(Object.keys(definition.outputs).map((name) => [name, blocker]))
}

/** The other way: plain values by port name, as the cache keeps them. */
export const outputsOf = (wires: Record<string, Wire>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(wires).map(([name, wire]) => [name, wire.list ? wire.items : wire.items[0]]))

/** The lazy inputs a node wants, given what it has so far. Params fed by a list go by its first value. */
export function wantedInputs(
  definition: NodeDefinition,
  typed: Record<string, unknown>,
  wires: Record<string, Wire>,
): string[] {
  const inputs: Record<string, unknown> = {}
  const fed: Record<string, unknown> = {}
  for (const [name, { list, items }] of Object.entries(wires)) {
    if (Object.hasOwn(definition.inputs, name)) inputs[name] = list ? items : items[0]
    else fed[name] = items[0]
  }
  // Nothing more is needed for a call that a blocked value will skip.
  if (blockerIn(fed)) return []
  return definition.needs?.(inputs, callParams(definition, typed, fed)) ?? []
}
