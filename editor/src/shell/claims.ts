/**
 * One window at a time holds a name: a draft it writes, or its own identity. Web Locks keep the holds, so a window that
 * crashes lets go by itself; where the page is no secure context and has none, windows ask one another.
 */

export interface Claims {
  /** Whether this window holds the name now. */
  claim(name: string): Promise<boolean>
  release(name: string): void
  /** Takes a name over: the holder is asked to finish and let go; one that does not answer loses it all the same. */
  takeOver(name: string): Promise<void>
  /** Called when another window took a name from this one. */
  onLost(listener: (name: string) => void): void
  /** Called before a name is given away, to bring everything to safety first. */
  beforeYield(work: (name: string) => Promise<void>): void
}

type Message =
  | { type: 'who'; name: string; from: string }
  | { type: 'held'; name: string; to: string }
  | { type: 'yield'; name: string; from: string }
  | { type: 'yielded'; name: string; to: string }

/** Windows of one browser answer within milliseconds; one that is frozen never does. */
const ANSWER_MS = 250
const YIELD_MS = 1500
const PREFIX = 'beatloom:'

export function createClaims(
  locks: LockManager | null = globalThis.navigator?.locks ?? null,
  channel: BroadcastChannel | null = openChannel(),
): Claims {
  const self = `w-${Math.random().toString(36).slice(2)}`
  /** What lets go of each name held, or asked for. */
  const held = new Map<string, () => void>()
  const asking = new Set<string>()
  const waiting = new Set<(message: Message) => void>()
  let lost: (name: string) => void = () => {}
  let prepare: (name: string) => Promise<void> = async () => {}

  const send = (message: Message) => channel?.postMessage(message)
  channel?.addEventListener('message', ({ data }: MessageEvent<Message>) => {
    for (const listener of waiting) listener(data)
    if (data.type === 'who' && (held.has(data.name) || (asking.has(data.name) && self < data.from))) {
      send({ type: 'held', name: data.name, to: data.from })
    }
    if (data.type === 'yield' && held.has(data.name)) void giveAway(data.name, data.from)
  })

  async function giveAway(name: string, to: string): Promise<void> {
    await prepare(name).catch(() => undefined)
    held.get(name)?.()
    held.delete(name)
    lost(name)
    send({ type: 'yielded', name, to })
  }

  /** Whether the answer looked for came within the time. */
  function answered(matches: (message: Message) => boolean, withinMs: number): Promise<boolean> {
    return new Promise((resolve) => {
      const end = (result: boolean) => {
        clearTimeout(timer)
        waiting.delete(listener)
        resolve(result)
      }
      const listener = (message: Message) => matches(message) && end(true)
      const timer = setTimeout(() => end(false), withinMs)
      waiting.add(listener)
    })
  }

  function lock(manager: LockManager, name: string, how: LockOptions): Promise<boolean> {
    return new Promise((resolve) => {
      const request = manager.request(PREFIX + name, how, (granted) => {
        resolve(granted !== null)
        return granted === null ? undefined : new Promise<void>((release) => held.set(name, release))
      })
      request.catch(() => {
        // Stolen by a window that got no answer from this one.
        resolve(false)
        if (held.delete(name)) lost(name)
      })
    })
  }

  async function claim(name: string): Promise<boolean> {
    if (held.has(name)) return true
    if (locks) return lock(locks, name, { ifAvailable: true })
    if (!channel) return true
    asking.add(name)
    send({ type: 'who', name, from: self })
    const taken = await answered((m) => m.type === 'held' && m.name === name && m.to === self, ANSWER_MS)
    asking.delete(name)
    if (!taken) held.set(name, () => {})
    return !taken
  }

  return {
    claim,
    release(name) {
      held.get(name)?.()
      held.delete(name)
    },
    async takeOver(name) {
      if (await claim(name)) return
      const yielded = answered((m) => m.type === 'yielded' && m.name === name && m.to === self, YIELD_MS)
      send({ type: 'yield', name, from: self })
      await yielded
      if (!locks) held.set(name, () => {})
      else if (!(await claim(name))) await lock(locks, name, { steal: true })
    },
    onLost(listener) {
      lost = listener
    },
    beforeYield(work) {
      prepare = work
    },
  }
}

function openChannel(): BroadcastChannel | null {
  return typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel('beatloom')
}
