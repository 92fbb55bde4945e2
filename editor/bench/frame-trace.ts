import type { CDPSession } from '@playwright/test'

interface TraceEvent {
  name: string
  ph: string
  /** Microseconds. */
  ts: number
  dur?: number
  tdur?: number
  pid: number
  tid: number
  args?: Record<string, unknown>
}

/** What the browser's own tracing says about a stretch of time. */
export interface FrameTrace {
  /** Time between frames shown, ms, in order of time. */
  frameMs: number[]
  /** Processor time of the page's main thread, ms. */
  mainThreadMs: number
}

const CATEGORIES = [
  'disabled-by-default-devtools.timeline',
  'disabled-by-default-devtools.timeline.frame',
  'devtools.timeline',
  'toplevel',
]

/** Traces the browser while `work` goes on. */
export async function traceFrames(session: CDPSession, work: () => Promise<void>): Promise<FrameTrace> {
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

function readTrace(events: TraceEvent[]): FrameTrace {
  const shown = events
    .filter((event) => event.name === 'DrawFrame')
    .map((event) => event.ts)
    .sort((a, b) => a - b)
  const frameMs = shown.slice(1).map((time, index) => (time - (shown[index] as number)) / 1000)
  const tasks = events.filter((event) => event.name === 'RunTask' || event.name === 'ThreadControllerImpl::RunTask')
  const byThread = new Map<string, number>()
  for (const { pid, tid, tdur, dur } of tasks) {
    const thread = `${pid}:${tid}`
    byThread.set(thread, (byThread.get(thread) ?? 0) + (tdur ?? dur ?? 0) / 1000)
  }
  return { frameMs, mainThreadMs: Math.max(0, ...byThread.values()) }
}
