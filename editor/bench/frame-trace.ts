import type { CDPSession } from '@playwright/test'

interface TraceEvent {
  name: string
  /** Microseconds. */
  ts: number
}

/** Few, since tracing itself takes time from what it watches. */
const CATEGORIES = ['disabled-by-default-devtools.timeline.frame', 'devtools.timeline.frame']

/**
 * Traces the browser while `work` goes on.
 * @returns time between frames shown, ms, in order of time.
 */
export async function traceFrames(session: CDPSession, work: () => Promise<void>): Promise<number[]> {
  const events: TraceEvent[] = []
  const collect = (data: { value: unknown[] }) => events.push(...(data.value as TraceEvent[]))
  session.on('Tracing.dataCollected', collect)
  await session.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: CATEGORIES, recordMode: 'recordAsMuchAsPossible' },
  })
  await work()
  const complete = new Promise((resolve) => session.once('Tracing.tracingComplete', resolve))
  await session.send('Tracing.end')
  await complete
  session.off('Tracing.dataCollected', collect)
  return readTrace(events)
}

function readTrace(events: TraceEvent[]): number[] {
  const shown = events
    .filter((event) => event.name === 'DrawFrame')
    .map((event) => event.ts)
    .sort((a, b) => a - b)
  return shown.slice(1).map((time, index) => (time - (shown[index] as number)) / 1000)
}
