import type { CDPSession, Locator, Page } from '@playwright/test'

export type Point = { x: number; y: number }

/** Fingers on a touch screen, as the browser gets them from one. */
class Fingers {
  private readonly cdp: CDPSession
  constructor(cdp: CDPSession) {
    this.cdp = cdp
  }
  put(type: 'touchStart' | 'touchMove' | 'touchEnd', points: Point[]): Promise<unknown> {
    return this.cdp.send('Input.dispatchTouchEvent', {
      type,
      touchPoints: points.map(({ x, y }, id) => ({ x: Math.round(x), y: Math.round(y), id })),
    })
  }
  /** Every finger goes from its first point to its second. */
  async move(paths: [Point, Point][], steps = 6): Promise<void> {
    for (let step = 1; step <= steps; step++) {
      const share = step / steps
      await this.put(
        'touchMove',
        paths.map(([a, b]) => ({ x: a.x + (b.x - a.x) * share, y: a.y + (b.y - a.y) * share })),
      )
    }
  }
  async drag(...paths: [Point, Point][]): Promise<void> {
    await this.put(
      'touchStart',
      paths.map(([from]) => from),
    )
    await this.move(paths)
    await this.put('touchEnd', [])
  }
}

export const fingersOn = async (page: Page) => new Fingers(await page.context().newCDPSession(page))

export async function middle(target: Locator): Promise<Point> {
  const box = (await target.boundingBox())!
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 }
}
