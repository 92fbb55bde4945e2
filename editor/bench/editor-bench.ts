import type { Browser, CDPSession, Page } from '@playwright/test'
import { startBenchServer, temporaryData } from '../../engine/server/src/bench/bench-server.ts'
import { type Measure, median } from '../../engine/server/src/bench/measure.ts'
import { bigGraph } from './big-graph.ts'
import { dropWorkflow, openCanvas, panAbout, pause, startBrowser, zoomAbout } from './editor-page.ts'
import { traceFrames } from './frame-trace.ts'
import { pageWeights } from './page-weight.ts'

const SIZES = [500, 1_000, 2_000]
const PICTURES = 20
const MOVE_MS = 4_000
const SETTLE_MS = 1_500
const TRIES = 5
/** 50 frames a second. */
const FRAME_AIM_MS = 20

/** The editor in a real browser that draws with the processor alone: large graphs, and what is sent over the network. */
export async function* editorBench(): AsyncGenerator<Measure> {
  const data = temporaryData()
  const server = await startBenchServer({ trivialNodes: false, data: data.path })
  const browser = await startBrowser()
  try {
    yield* pageWeights(browser, server.url)
    for (const size of SIZES) yield* largeGraph(browser, server.url, size)
  } finally {
    await browser.close()
    await server.stop()
    data.remove()
  }
}

async function* largeGraph(browser: Browser, url: string, size: number): AsyncGenerator<Measure> {
  // Aims are for 500 nodes; larger graphs are reported.
  const aim = (value: number) => (size === 500 ? value : null)
  const of = `${size} nodes, ${PICTURES} pictures`
  const { page, session } = await openCanvas(browser, url)
  try {
    const opened = await dropWorkflow(page, bigGraph(size, PICTURES))
    yield { name: `editor ${of}: open`, value: opened, unit: 'ms', aim: aim(1_500) }
    await pause(SETTLE_MS)
    yield* moves(session, `editor ${of}, all on screen`, aim, 12)
    for (const key of ['.', '0']) {
      await page.keyboard.press(key)
      await pause(SETTLE_MS)
    }
    yield { name: `editor ${of}: palette`, value: await paletteMs(page), unit: 'ms', aim: aim(100) }
    yield { name: `editor ${of}: typing`, value: await typingMs(page), unit: 'ms', aim: aim(50) }
    yield* moves(session, `editor ${of}, at 100 %`, aim, 6)
  } finally {
    await page.close()
  }
}

async function* moves(
  session: CDPSession,
  what: string,
  aim: (value: number) => number | null,
  wheelStep: number,
): AsyncGenerator<Measure> {
  const kinds = { pan: () => panAbout(session, MOVE_MS), zoom: () => zoomAbout(session, MOVE_MS, wheelStep) }
  for (const [kind, work] of Object.entries(kinds)) {
    const sorted = (await traceFrames(session, work)).toSorted((a, b) => a - b)
    if (sorted.length === 0) throw new Error(`The browser showed no frame during ${kind}.`)
    yield { name: `${what}: ${kind}, median frame`, value: median(sorted), unit: 'ms', aim: aim(FRAME_AIM_MS) }
    const slow = sorted[Math.floor(sorted.length * 0.95)] as number
    yield { name: `${what}: ${kind}, 95th percentile frame`, value: slow, unit: 'ms', aim: null }
    await pause(SETTLE_MS)
  }
}

/** From the key to the palette being drawn, its field focused. */
async function paletteMs(page: Page): Promise<number> {
  const times: number[] = []
  for (let index = 0; index < TRIES; index++) {
    await page.evaluate(() => {
      const seen = new Promise<number>((resolve) => {
        addEventListener(
          'keydown',
          () => {
            const start = performance.now()
            const look = () => {
              const field = document.querySelector('.palette input')
              if (field && field === document.activeElement)
                requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - start)))
              else requestAnimationFrame(look)
            }
            look()
          },
          { once: true, capture: true },
        )
      })
      Object.assign(globalThis, { paletteSeen: seen })
    })
    await page.keyboard.press('Shift+A')
    times.push(await page.evaluate(() => (globalThis as unknown as { paletteSeen: Promise<number> }).paletteSeen))
    await page.keyboard.press('Escape')
    await pause(200)
  }
  return median(times)
}

/** From a key in a node's text field to the frame that shows the letter. */
async function typingMs(page: Page): Promise<number> {
  const field = page.locator('.react-flow__node :is(textarea, input[type=text])').first()
  await field.waitFor()
  await field.focus()
  const times: number[] = []
  for (const letter of 'the quick brown fox') {
    await page.evaluate(() => {
      const seen = new Promise<number>((resolve) => {
        addEventListener(
          'keydown',
          (event) => requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - event.timeStamp))),
          { once: true, capture: true },
        )
      })
      Object.assign(globalThis, { letterSeen: seen })
    })
    await page.keyboard.press(letter === ' ' ? 'Space' : letter)
    times.push(await page.evaluate(() => (globalThis as unknown as { letterSeen: Promise<number> }).letterSeen))
  }
  return median(times)
}
