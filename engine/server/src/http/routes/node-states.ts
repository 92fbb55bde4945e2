import type { RunEvent } from '@beatloom/core'
import { z } from 'zod'

/** Where a node stands after a run's events so far. */
export const nodeStateSchema = z.object({
  state: z.enum(['running', 'done', 'cached', 'failed', 'skipped']),
  step: z.number().optional(),
  steps: z.number().optional(),
  seconds: z.number().optional(),
  items: z.array(z.unknown()).optional(),
  error: z.unknown().optional(),
  because: z.string().optional(),
})
export type NodeState = z.infer<typeof nodeStateSchema>

/** @param events stored messages of one run, oldest first. */
export function lastNodeStates(events: readonly string[]): Record<string, NodeState> {
  const states: Record<string, NodeState> = {}
  const update = (node: string, change: NodeState): void => {
    states[node] = { ...states[node], ...change }
  }
  for (const json of events) {
    const event = JSON.parse(json) as RunEvent
    switch (event.type) {
      case 'run.resumed':
        for (const node in states) delete states[node]
        break
      case 'node.started':
        update(event.node, { state: 'running' })
        break
      case 'node.progress':
        update(event.node, { state: 'running', step: event.step, steps: event.steps })
        break
      case 'node.display':
        update(event.node, { state: states[event.node]?.state ?? 'running', items: event.items })
        break
      case 'node.cached':
        update(event.node, { state: 'cached' })
        break
      case 'node.finished':
        update(event.node, { state: 'done', seconds: event.seconds })
        break
      case 'node.failed':
        update(event.node, { state: 'failed', error: event.error })
        break
      case 'node.skipped':
        update(event.node, { state: 'skipped', because: event.because })
    }
  }
  return states
}
