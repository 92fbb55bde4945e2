import { readFile } from 'node:fs/promises'
import type { Browser, Page } from '@playwright/test'
import { startBenchServer, temporaryData } from '../../engine/server/src/bench/bench-server.ts'
import { type Measure, median } from '../../engine/server/src/bench/measure.ts'
import { pause, SIZE, startBrowser } from './editor-page.ts'

const FLAGSHIP = new URL('../../workflows/song-video.json', import.meta.url)
const PAIRS = 3
const RUN_LIMIT_MS = 300_000
const DRAFT_LIMIT_MS = 20_000

interface Run {
  id: string
  state: string
  seconds?: number | null
}

interface Quote {
  /** Shortest and longest. */
  seconds: [number, number]
}

/** How long people wait: for the first video, for a page opened anew, for an edit to be safe. On the model in the box. */
export async function* waitsBench(): AsyncGenerator<Measure> {
  const data = temporaryData()
  const server = await startBenchServer({ trivialNodes: false, data: data.path })
  const browser = await startBrowser()
  try {
    const url = server.url.replace(/\/$/, '')
    yield* firstUse(browser, url)
    yield* reopening(browser, url)
    yield* draftKept(browser, url)
    yield* previewsAndQuotes(url)
  } finally {
    await browser.close()
    await server.stop()
    data.remove()
  }
}

/** A first visit: the page, one press, the sample media's video plays. */
async function* firstUse(browser: Browser, url: string): AsyncGenerator<Measure> {
  const page = await newPage(browser)
  const start = performance.now()
  await page.goto(url)
  const generate = page.getByRole('button', { name: 'Generate', exact: true })
  await generate.waitFor()
  yield { name: 'first use: the page can be used after', value: performance.now() - start, unit: 'ms', aim: null }
  await generate.click()
  await page.locator('video').first().waitFor({ timeout: RUN_LIMIT_MS })
  await page.waitForFunction(() => (document.querySelector('video')?.currentTime ?? 0) > 0.1, undefined, {
    timeout: RUN_LIMIT_MS,
  })
  yield {
    name: 'first use: until the first video plays',
    value: (performance.now() - start) / 1000,
    unit: 's',
    aim: null,
  }
  await page.context().close()
}

/** The page is opened in the middle of a run: by a browser that never saw it, then again in a new tab of the same. */
async function* reopening(browser: Browser, url: string): AsyncGenerator<Measure> {
  const run = await submit(url, 1_000, true)
  while (!(await previewsOf(url, run.id))) await pause(100)
  const context = await browser.newContext({ viewport: SIZE, locale: 'en-US' })
  for (const who of ['on another device', 'reopened']) {
    const page = await context.newPage()
    const start = performance.now()
    await page.goto(`${url}/#graph&run=${run.id}`)
    await page.locator('.moving-preview img').first().waitFor()
    await page.locator('.node[data-state=running]').first().waitFor()
    yield { name: `a run ${who}: seen after`, value: performance.now() - start, unit: 'ms', aim: 2_000 }
    await page.close()
  }
  await context.close()
  await ended(url, run.id)
}

/** From a letter typed to the server having it. */
async function* draftKept(browser: Browser, url: string): AsyncGenerator<Measure> {
  const page = await newPage(browser)
  await page.goto(`${url}/#graph`)
  const field = page.locator('.react-flow__node textarea').first()
  await field.waitFor()
  const times: number[] = []
  for (let index = 0; index < PAIRS; index++) {
    const words = `slow zoom in ${index}`
    await field.fill(words)
    const start = performance.now()
    while (!(await draftTexts(url)).includes(words)) {
      if (performance.now() - start > DRAFT_LIMIT_MS) throw new Error('The server never got the draft.')
      await pause(20)
    }
    times.push(performance.now() - start)
  }
  yield { name: 'an edit is kept by the server after', value: median(times), unit: 'ms', aim: 2_000 }
  await page.context().close()
}

/** The flagship with and without moving previews, in turns; and whether quotes hold the time they are about. */
async function* previewsAndQuotes(url: string): AsyncGenerator<Measure> {
  const seconds: { with: number[]; without: number[] } = { with: [], without: [] }
  let held = 0
  for (let pair = 0; pair < PAIRS; pair++) {
    // Each side begins a pair in its turn, since a machine slows as it warms.
    for (const side of pair % 2 === 0 ? (['with', 'without'] as const) : (['without', 'with'] as const)) {
      const seed = 2_000 + pair * 2 + (side === 'with' ? 0 : 1)
      const quote = await quoteFor(url, seed)
      const run = await submit(url, seed, side === 'with')
      const took = (await ended(url, run.id)).seconds ?? Number.NaN
      seconds[side].push(took)
      if (took >= quote.seconds[0] && took <= quote.seconds[1]) held++
    }
  }
  const ratio = median(seconds.with) / median(seconds.without)
  yield { name: 'moving previews: time of the run, over none', value: ratio, unit: '', aim: 1.03 }
  yield { name: `quotes missed, of ${2 * PAIRS}`, value: 2 * PAIRS - held, unit: '', aim: null }
}

async function newPage(browser: Browser): Promise<Page> {
  return (await browser.newContext({ viewport: SIZE, locale: 'en-US' })).newPage()
}

async function flagship(seed: number): Promise<object> {
  const workflow = JSON.parse(await readFile(FLAGSHIP, 'utf8'))
  const { node, param } = workflow.inputs.seed
  workflow.nodes[node].params[param] = String(seed)
  return workflow
}

async function ask<T>(address: string, body?: object): Promise<T> {
  const answer = await fetch(address, {
    ...(body ? { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) } : {}),
  })
  if (!answer.ok) throw new Error(`${address} answered ${answer.status}: ${await answer.text()}`)
  return (await answer.json()) as T
}

async function submit(url: string, seed: number, previews: boolean): Promise<Run> {
  return (await ask<{ run: Run }>(`${url}/api/v1/runs`, { workflow: await flagship(seed), previews })).run
}

async function quoteFor(url: string, seed: number): Promise<Quote> {
  return (await ask<{ quote: Quote }>(`${url}/api/v1/plan`, { workflow: await flagship(seed) })).quote
}

async function previewsOf(url: string, id: string): Promise<boolean> {
  return (await ask<{ previews: unknown[] }>(`${url}/api/v1/runs/${id}`)).previews.length > 0
}

async function ended(url: string, id: string): Promise<Run> {
  for (;;) {
    const run = await ask<Run>(`${url}/api/v1/runs/${id}`)
    if (run.state === 'done') return run
    if (run.state === 'failed' || run.state === 'cancelled') throw new Error(`The run ended ${run.state}.`)
    await pause(100)
  }
}

async function draftTexts(url: string): Promise<string> {
  const { drafts } = await ask<{ drafts: { id: string }[] }>(`${url}/api/v1/drafts`)
  const texts = await Promise.all(drafts.map(async ({ id }) => (await fetch(`${url}/api/v1/drafts/${id}`)).text()))
  return texts.join('\n')
}
