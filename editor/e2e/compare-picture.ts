import { expect, type Locator, type Page } from '@playwright/test'

/** Drawn by Debian's Chromium with its own fonts; elsewhere `BEATLOOM_VISUAL=skip` leaves the kept pictures out. */
export const SKIP_PICTURES = process.env.BEATLOOM_VISUAL === 'skip'

const LIKE = { animations: 'disabled', caret: 'hide', timeout: 30_000 } as const

interface Comparison {
  /** What tells times and sizes of this machine. */
  changing: Locator[]
  /** The share of pixels that may differ. */
  tolerance: number
}

/** Compares the window with the picture kept under this name beside the spec file. */
export async function comparePicture(page: Page, name: string, { changing, tolerance }: Comparison): Promise<void> {
  await page.evaluate(() => document.fonts.ready)
  await page.waitForLoadState('networkidle')
  await expect(page).toHaveScreenshot(`${name}.png`, { ...LIKE, mask: changing, maxDiffPixelRatio: tolerance })
}
