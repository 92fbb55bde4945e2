import { bigGraph } from '../bench/big-graph.ts'
import { dropFile } from './helpers.ts'
import { type CDPSession, expect, type Page, test } from './test.ts'

const MINUTES = Number(process.env.BEATLOOM_SOAK_MINUTES ?? 30)
/** More edits than undo keeps, so that the history is full before measuring begins. */
const WARM_UP_ROUNDS = 110
const GROWTH = 0.05

/** One round of what people do all day; leaves the graph as it was. Six undo steps. */
async function editAWhile(page: Page, round: number): Promise<void> {
  const at = { x: 300 + ((round * 37) % 700), y: 200 + ((round * 53) % 500) }
  await page.mouse.click(40, 300)
  await page.mouse.move(at.x, at.y)
  await page.keyboard.press('Shift+A')
  await page.keyboard.type('number')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Control+d')
  for (const key of ['ArrowRight', 'Shift+ArrowDown', 'Control+b', 'Control+m']) await page.keyboard.press(key)
  await page.mouse.wheel(0, round % 2 === 0 ? 60 : -60)
  for (let step = 0; step < 8; step++) await page.keyboard.press('Control+z')
  for (let step = 0; step < 8; step++) await page.keyboard.press('Control+y')
  for (let step = 0; step < 8; step++) await page.keyboard.press('Control+z')
  await page.keyboard.press('Escape')
}

/** Bytes in use on the page's heap after a full collection, and how many DOM nodes live. */
async function memoryOf(session: CDPSession): Promise<{ heap: number; elements: number }> {
  for (let pass = 0; pass < 3; pass++) await session.send('HeapProfiler.collectGarbage')
  const { usedSize } = await session.send('Runtime.getHeapUsage')
  const { nodes } = await session.send('Memory.getDOMCounters')
  return { heap: usedSize, elements: nodes }
}

test('check 13: memory stays level over half an hour of editing a graph of 500 nodes', async ({ page }) => {
  test.setTimeout((MINUTES + 15) * 60_000)
  const session = await page.context().newCDPSession(page)
  await page.goto('/#graph')
  await expect(page.locator('.react-flow__node').first()).toBeVisible()
  await dropFile(page, 'large.json', 'application/json', Buffer.from(JSON.stringify(bigGraph(500, 20))))
  await expect(page.locator('.react-flow__node')).toHaveCount(500)
  for (let round = 0; round < WARM_UP_ROUNDS; round++) await editAWhile(page, round)
  const before = await memoryOf(session)
  const end = Date.now() + MINUTES * 60_000
  let rounds = 0
  for (; Date.now() < end; rounds++) await editAWhile(page, rounds)
  const after = await memoryOf(session)
  const megabytes = (bytes: number) => (bytes / 1e6).toFixed(1)
  console.log(
    `${rounds} rounds in ${MINUTES} min: heap ${megabytes(before.heap)} → ${megabytes(after.heap)} MB, DOM nodes ${before.elements} → ${after.elements}`,
  )
  expect(rounds).toBeGreaterThan(MINUTES * 2)
  expect(after.heap).toBeLessThan(before.heap * (1 + GROWTH))
  expect(after.elements).toBeLessThan(before.elements * (1 + GROWTH))
})
