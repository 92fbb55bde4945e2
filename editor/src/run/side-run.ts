import { isTerminalEvent } from '@beatloom/core'
import { getRunEvents, startRun } from '../api/client.ts'
import type { LiveEvent } from '../api/types.ts'
import { onLiveEvent } from './run-store.ts'

/**
 * Runs a few nodes beside what is on screen, to learn what they show, and waits for the end.
 * @returns every event of the run. @throws what starting it throws.
 */
export async function sideRun(request: Parameters<typeof startRun>[0]): Promise<LiveEvent[]> {
  const { run } = await startRun({ ...request, previews: false })
  let stop = () => {}
  const ended = new Promise<void>((resolve) => {
    stop = onLiveEvent((event) => event.run === run.id && isTerminalEvent(event) && resolve())
  })
  try {
    // It may have ended before anybody listened.
    const early = await getRunEvents(run.id)
    if (early.some(isTerminalEvent)) return early
    await ended
    return await getRunEvents(run.id)
  } finally {
    stop()
  }
}
