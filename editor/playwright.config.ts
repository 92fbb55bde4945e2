import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { defineConfig } from '@playwright/test'

const SYSTEM_BROWSERS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']
const browser = process.env.BEATLOOM_CHROMIUM || SYSTEM_BROWSERS.find((path) => existsSync(path))

const isLong = (file: string): boolean => file.endsWith('.long.spec.ts')
const files = readdirSync(join(import.meta.dirname, 'e2e')).filter(
  (file) => file.endsWith('.spec.ts') && isLong(file) === Boolean(process.env.BEATLOOM_LONG),
)

/**
 * BEATLOOM_E2E_PAGE: another folder for the build, so that several test runs can go on side by side;
 * BEATLOOM_E2E_BUILT=1: the page is built already. Each file is a project, see e2e/test.ts.
 */
export default defineConfig({
  testDir: 'e2e',
  globalSetup: './e2e/build-page.ts',
  projects: files.map((file) => ({ name: file.replace('.spec.ts', ''), testMatch: `**/${file}` })),
  outputDir: 'test-results',
  snapshotPathTemplate: '{testDir}/{testFilePath}-snapshots/{arg}-{platform}{ext}',
  workers: 1,
  timeout: 90_000,
  expect: { timeout: 15_000 },
  reporter: 'list',
  use: {
    viewport: { width: 1440, height: 900 },
    locale: 'en-US',
    trace: 'retain-on-failure',
    launchOptions: {
      ...(browser ? { executablePath: browser } : {}),
      args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
    },
  },
})
