import { costOf, type FactsByNode, type PreparedRun, type RunEventBody, UNKNOWN_WORK } from '@beatloom/core'
import type { SpeedBook } from './speed-book.ts'
import { speedKeys } from './speed-book.ts'

/** Shorter runs are over before any clock could tell something of their nodes, seconds. */
const WORTH_LEARNING_SECONDS = 0.3
/** Of a graph of thousands, the first nodes of each kind say enough. */
const MOST_SAMPLES = 60

/** Takes up what a finished run says of the speed of its nodes. @param events the run's stored messages. */
export function learnFrom(
  events: readonly string[],
  { prepared, facts }: { prepared: PreparedRun; facts: FactsByNode },
  book: SpeedBook,
): void {
  const keyOf = speedKeys(prepared)
  let samples = 0
  for (const [id, seconds] of secondsPerRound(events)) {
    const node = prepared.nodes.get(id)
    if (!node || samples++ >= MOST_SAMPLES) continue
    const cost = costOf(node, facts)
    // A node that says what it costs, but not without facts, teaches nothing without them.
    if (!cost && node.definition.cost) continue
    book.learn(keyOf(node), seconds, cost?.work ?? UNKNOWN_WORK)
  }
}

/** Whether a run's last message says that it went well, and long enough to learn from. */
export function isWorthLearning(json: string): boolean {
  if (!json.includes('"run.finished"')) return false
  const event = JSON.parse(json) as RunEventBody
  return event.type === 'run.finished' && event.seconds >= WORTH_LEARNING_SECONDS
}

/** Seconds of each node's last turn; of one in a loop, of one round. */
function secondsPerRound(events: readonly string[]): Map<string, number> {
  const seconds = new Map<string, number>()
  for (const json of events) {
    if (!json.includes('"node.finished"')) continue
    const event = JSON.parse(json) as RunEventBody
    if (event.type === 'node.finished') seconds.set(event.node, event.seconds / (event.times ?? 1))
  }
  return seconds
}
