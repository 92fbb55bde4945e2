import { existsSync } from 'node:fs'
import type { Workflow } from '@beatloom/core'
import { serializeWorkflow } from '@beatloom/core'
import type { Browser, CDPSession, Page } from '@playwright/test'

const SYSTEM_BROWSERS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']
export const SIZE = { width: 1440, height: 900 }

/** A headless browser without a graphics card: everything is drawn by the processor. */
export async function startBrowser(): Promise<Browser> {
  const { chromium } = await import('@playwright/test')
  const path = process.env.BEATLOOM_CHROMIUM || SYSTEM_BROWSERS.find((candidate) => existsSync(candidate))
  return chromium.launch({
    ...(path ? { executablePath: path } : {}),
    args: [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), '--disable-gpu'],
  })
}

/** A page on the canvas, nothing open but what a first visit shows. */
export async function openCanvas(browser: Browser, url: string): Promise<{ page: Page; session: CDPSession }> {
  const page = await browser.newPage({ viewport: SIZE })
  await page.goto(`${url}/#graph`)
  await page.locator('.canvas .react-flow__node').first().waitFor()
  return { page, session: await page.context().newCDPSession(page) }
}

/** Drops a workflow on the canvas. @returns ms from the drop until every node is there and the page rests. */
export async function dropWorkflow(page: Page, workflow: Workflow): Promise<number> {
  const count = Object.keys(workflow.nodes).length
  return page.evaluate(
    async ({ text, count }) => {
      const data = new DataTransfer()
      data.items.add(new File([text], 'large.json', { type: 'application/json' }))
      const canvas = document.querySelector('.canvas') as HTMLElement
      const event = (type: string) =>
        new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer: data, clientX: 700, clientY: 450 })
      const frame = () => new Promise(requestAnimationFrame)
      canvas.dispatchEvent(event('dragenter'))
      canvas.dispatchEvent(event('dragover'))
      const start = performance.now()
      canvas.dispatchEvent(event('drop'))
      while (document.querySelectorAll('.react-flow__node').length !== count) await frame()
      // Two frames in a row without long work between them: what is on the screen answers.
      for (let calm = 0, before = performance.now(); calm < 2; ) {
        await frame()
        const now = performance.now()
        calm = now - before < 50 ? calm + 1 : 0
        before = now
      }
      return performance.now() - start
    },
    { text: serializeWorkflow(workflow), count },
  )
}

const STEP_MS = 8

/** Drags the canvas about with the middle button, faster than it is shown. */
export async function panAbout(session: CDPSession, durationMs: number): Promise<void> {
  const middle = { x: SIZE.width / 2, y: SIZE.height / 2 }
  const mouse = (type: 'mousePressed' | 'mouseMoved' | 'mouseReleased', x: number, y: number) =>
    session.send('Input.dispatchMouseEvent', {
      type,
      x,
      y,
      button: 'middle',
      buttons: type === 'mouseReleased' ? 0 : 4,
    })
  await mouse('mousePressed', middle.x, middle.y)
  const sent: Promise<unknown>[] = []
  const start = performance.now()
  for (let step = 0; performance.now() - start < durationMs; step++) {
    sent.push(mouse('mouseMoved', middle.x + 300 * Math.sin(step / 20), middle.y + 200 * (Math.cos(step / 27) - 1)))
    await pause(STEP_MS)
  }
  await Promise.all(sent)
  await mouse('mouseReleased', middle.x, middle.y)
}

/** Turns the wheel out and in again. @param step of one turn, px. */
export async function zoomAbout(session: CDPSession, durationMs: number, step: number): Promise<void> {
  const sent: Promise<unknown>[] = []
  const start = performance.now()
  for (let turn = 0; performance.now() - start < durationMs; turn++) {
    const deltaY = Math.floor(turn / 40) % 2 === 0 ? step : -step
    // A spot between nodes, so that no field takes the wheel for itself.
    sent.push(session.send('Input.dispatchMouseEvent', { type: 'mouseWheel', x: 12, y: 160, deltaX: 0, deltaY }))
    await pause(2 * STEP_MS)
  }
  await Promise.all(sent)
}

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))
