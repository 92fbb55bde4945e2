import type { LiveEvent } from './types.ts'

export type StreamStatus = 'connecting' | 'open' | 'lost'

const FIRST_WAIT_MS = 400
const LONGEST_WAIT_MS = 5000

/**
 * Listens to all runs' events and comes back by itself after a break, asking for what it missed by the last number
 * seen. Passing previews carry number 0 and never move it.
 * @param after the last event already known, or null to hear only what happens from now on.
 */
export function openEventStream(
  after: number | null,
  onEvent: (event: LiveEvent) => void,
  onStatus: (status: StreamStatus) => void,
): { close(): void; wake(): void } {
  let last = after
  let waitMs = FIRST_WAIT_MS
  let closed = false
  let socket: WebSocket | null = null
  let timer: ReturnType<typeof setTimeout> | undefined

  function connect(): void {
    const protocol = location.protocol === 'https:' ? 'wss' : 'ws'
    // The first message then carries where the stream stands, so that even a break before any event loses none.
    const query = last === null ? '?position=true' : `?after=${last}`
    const mine = new WebSocket(`${protocol}://${location.host}/api/v1/events${query}`)
    socket = mine
    socket.onopen = () => {
      waitMs = FIRST_WAIT_MS
      onStatus('open')
    }
    socket.onmessage = (message) => {
      const event = JSON.parse(String(message.data)) as LiveEvent
      if (event.id > 0) last = Math.max(last ?? 0, event.id)
      onEvent(event)
    }
    socket.onclose = () => {
      if (closed || socket !== mine) return
      onStatus('lost')
      timer = setTimeout(connect, waitMs)
      waitMs = Math.min(LONGEST_WAIT_MS, waitMs * 2)
    }
  }

  onStatus('connecting')
  connect()
  return {
    /** After a sleep a connection may be dead without anybody having been told: a new one takes its place at once. */
    wake() {
      clearTimeout(timer)
      waitMs = FIRST_WAIT_MS
      const old = socket
      connect()
      old?.close()
    },
    close() {
      closed = true
      clearTimeout(timer)
      socket?.close()
    },
  }
}
