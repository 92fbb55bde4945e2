import { ProgressGate } from './node-context.ts'
import type { Link } from './ports.ts'
import type { PreparedNode } from './prepared-run.ts'
import type { Display } from './services.ts'
import type { Wire } from './wire.ts'

export type Status = 'waiting' | 'ready' | 'running' | 'done' | 'failed' | 'skipped'

/** Where one node of a run stands. */
export interface NodeState {
  node: PreparedNode
  status: Status
  /** Sources not settled yet. */
  waiting: number
  readers: NodeState[]
  wires: Record<string, Wire>
  display: Display[]
  /** Lazy inputs that were asked for. */
  asked: Set<string>
  startedAt: number
  /** Milliseconds spent making frames that others read. */
  streamMs: number
  streaming: boolean
  gate: ProgressGate
  /** It, or something that feeds it, made do with less than was asked for: the cache must not have it. */
  makeshift: boolean
  /** Why it failed. */
  failure: Error | null
  /** Called once, when it is settled. */
  whenSettled: (() => void)[]
  /** Nodes that its loop repeats: those that had nothing to do are cached when it ends. */
  repeats: string[]
  /** After expansion: where the outputs come from. */
  aliases: Record<string, Link> | null
}

export function newState(node: PreparedNode): NodeState {
  return {
    node,
    status: 'waiting',
    waiting: 0,
    readers: [],
    wires: {},
    display: [],
    asked: new Set(),
    startedAt: 0,
    streamMs: 0,
    streaming: false,
    gate: new ProgressGate(),
    makeshift: false,
    failure: null,
    whenSettled: [],
    repeats: [],
    aliases: null,
  }
}

export const isSettled = (state: NodeState): boolean =>
  state.status === 'done' || state.status === 'failed' || state.status === 'skipped'

export const sumStreamMs = (sources: NodeState[]): number => sources.reduce((sum, source) => sum + source.streamMs, 0)
