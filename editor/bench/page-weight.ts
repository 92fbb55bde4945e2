import type { Browser, CDPSession } from '@playwright/test'
import type { Measure } from '../../engine/server/src/bench/measure.ts'
import { SIZE } from './editor-page.ts'

const PHONE = { width: 360, height: 640 }
/** Lighthouse's "slow 4G" for phones: 1.6 Mbit/s down, 150 ms there and back, a processor four times slower. */
const SLOW = {
  offline: false,
  latency: 150,
  downloadThroughput: (1.6e6 * 0.9) / 8,
  uploadThroughput: (750e3 * 0.9) / 8,
}
const SLOWER = 4

/** What is sent before the page can be used, and how soon it can be on a phone. */
export async function* pageWeights(browser: Browser, url: string): AsyncGenerator<Measure> {
  const app = await visit(browser, `${url}/`, PHONE, '.page')
  yield { name: 'app page: transferred before first use', value: app.bytes / 1e3, unit: 'kB', aim: 300 }
  yield { name: 'app page on a slow phone: first paint', value: app.firstPaintMs, unit: 'ms', aim: null }
  yield { name: 'app page on a slow phone: largest paint', value: app.largestPaintMs, unit: 'ms', aim: null }
  yield { name: 'app page on a slow phone: blocking time', value: app.blockingMs, unit: 'ms', aim: null }
  yield { name: 'app page on a slow phone: cumulative layout shift', value: app.shift, unit: '', aim: null }
  const editor = await visit(browser, `${url}/#graph`, SIZE, '.canvas .react-flow__node')
  yield { name: 'editor: transferred', value: editor.bytes / 1e3, unit: 'kB', aim: 900 }
}

interface Visit {
  /** Scripts, styles and the document as sent, compressed. */
  bytes: number
  firstPaintMs: number
  largestPaintMs: number
  /** Of tasks longer than 50 ms, what exceeds it, until the page rests. */
  blockingMs: number
  /** Cumulative layout shift. */
  shift: number
}

async function visit(browser: Browser, address: string, viewport: typeof PHONE, ready: string): Promise<Visit> {
  const context = await browser.newContext({ viewport })
  try {
    const page = await context.newPage()
    const session = await context.newCDPSession(page)
    const sizes = watchTransfers(session)
    await session.send('Network.enable')
    if (viewport === PHONE) {
      await session.send('Network.emulateNetworkConditions', SLOW)
      await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWER })
    }
    await page.addInitScript(observePaints)
    await page.goto(address)
    await page.locator(ready).first().waitFor()
    await page.waitForLoadState('networkidle')
    const seen = await page.evaluate(() => (globalThis as unknown as { seen: Omit<Visit, 'bytes'> }).seen)
    return { ...seen, bytes: sizes.total() }
  } finally {
    await context.close()
  }
}

/** Pictures, songs and data are the person's own; what counts is the program. */
function watchTransfers(session: CDPSession): { total(): number } {
  const programs = new Map<string, number>()
  session.on('Network.responseReceived', ({ requestId, type }) => {
    if (['Document', 'Script', 'Stylesheet', 'Font'].includes(type)) programs.set(requestId, 0)
  })
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    if (programs.has(requestId)) programs.set(requestId, encodedDataLength)
  })
  return { total: () => [...programs.values()].reduce((sum, size) => sum + size, 0) }
}

function observePaints(): void {
  const seen = { firstPaintMs: 0, largestPaintMs: 0, blockingMs: 0, shift: 0 }
  Object.assign(globalThis, { seen })
  const watch = (
    type: string,
    note: (entry: PerformanceEntry & { value?: number; hadRecentInput?: boolean }) => void,
  ) => new PerformanceObserver((list) => list.getEntries().forEach(note)).observe({ type, buffered: true })
  watch('paint', (entry) => {
    if (entry.name === 'first-contentful-paint') seen.firstPaintMs = entry.startTime
  })
  watch('largest-contentful-paint', (entry) => {
    seen.largestPaintMs = entry.startTime
  })
  watch('longtask', (entry) => {
    seen.blockingMs += Math.max(0, entry.duration - 50)
  })
  watch('layout-shift', (entry) => {
    if (!entry.hadRecentInput) seen.shift += entry.value ?? 0
  })
}
