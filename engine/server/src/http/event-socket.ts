import type { Socket } from 'node:net'
import type { WebSocket } from 'ws'
import type { EventHub } from '../jobs/event-hub.ts'
import type { LatestPreviews } from '../jobs/latest-previews.ts'
import type { RunStore, StoredEvent } from '../store/run-store.ts'

/** Bursts read from the store at a time, of up to a few hundred events each. */
const PAGE = 16
/** A client that has this much unread is sent no more until it has caught up. */
const MAX_UNREAD_BYTES = 4 * 2 ** 20
const CATCH_UP_MS = 50

export interface EventSocketOptions {
  store: RunStore
  hub: EventHub
  previews: LatestPreviews
  /** Number of the last event seen; null for what happens from now on. */
  after: number | null
  run?: string
  /** Begin with a message that carries the number of the last event there is, so that a break loses none after it. */
  position?: boolean
}

/**
 * Sends stored events after a number, then live ones, each once and in order. A slow client falls back to reading
 * from the store, so that its backlog takes no memory. Of previews everyone who has caught up gets the latest.
 */
export function streamEvents(socket: WebSocket, options: EventSocketOptions): void {
  const { store, hub, previews, run, position } = options
  let cursor = options.after ?? store.lastEventId
  let unsubscribe = (): void => {}
  let timer: NodeJS.Timeout | null = null

  const send = (events: readonly StoredEvent[]): void => {
    const stream = (socket as unknown as { _socket?: Socket })._socket
    // One write to the system for a burst of small messages.
    stream?.cork()
    for (const event of events) {
      if (run !== undefined && event.run !== run) continue
      if (event.id !== 0 && event.id <= cursor) continue
      socket.send(event.json)
      if (event.id !== 0) cursor = event.id
    }
    stream?.uncork()
  }

  const readOn = (): void => {
    timer = null
    if (socket.readyState !== socket.OPEN) return
    while (socket.bufferedAmount < MAX_UNREAD_BYTES) {
      const page = store.eventsAfter(cursor, PAGE, run)
      if (page.length > 0) {
        send(page)
        continue
      }
      // Nothing can happen between the empty page and this line, so nothing is missed.
      unsubscribe = hub.subscribe(onLive)
      send(previews.of(run))
      return
    }
    timer = setTimeout(readOn, CATCH_UP_MS)
  }

  const onLive = (events: readonly StoredEvent[]): void => {
    if (socket.bufferedAmount < MAX_UNREAD_BYTES) {
      send(events)
      return
    }
    unsubscribe()
    timer ??= setTimeout(readOn, CATCH_UP_MS)
  }

  socket.on('close', () => {
    unsubscribe()
    if (timer) clearTimeout(timer)
  })
  socket.on('error', () => socket.terminate())
  if (position) socket.send(JSON.stringify({ type: 'stream.position', id: cursor, run: '', seq: 0 }))
  readOn()
}
