import { existsSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { defineConfig } from '@playwright/test'

const ROOT = join(import.meta.dirname, '..')
const SYSTEM_BROWSERS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

// Workers load this file again; the first choice reaches them through the environment.
process.env.BEATLOOM_E2E_PORT ??= String(8500 + (process.pid % 1000))
process.env.BEATLOOM_E2E_DATA ??= mkdtempSync(join(tmpdir(), 'beatloom-e2e-'))
const address = `http://127.0.0.1:${process.env.BEATLOOM_E2E_PORT}`
const browser = process.env.BEATLOOM_CHROMIUM || SYSTEM_BROWSERS.find((path) => existsSync(path))
const node = JSON.stringify(process.execPath)
/** Another folder for the build, so that several test runs can go on side by side. */
const page = process.env.BEATLOOM_E2E_PAGE ?? join(ROOT, 'editor', 'dist')
const build = `${node} editor/node_modules/vite/bin/vite.js build editor --logLevel warn --outDir ${page} --emptyOutDir`
const serve = `${node} engine/server/src/cli/main.ts serve --no-open`

export default defineConfig({
  testDir: 'e2e',
  testMatch: process.env.BEATLOOM_LONG ? /\.long\.spec\.ts$/ : /(?<!\.long)\.spec\.ts$/,
  outputDir: 'test-results',
  workers: 1,
  timeout: 90_000,
  expect: { timeout: 15_000 },
  reporter: 'list',
  use: {
    baseURL: address,
    viewport: { width: 1440, height: 900 },
    locale: 'en-US',
    trace: 'retain-on-failure',
    launchOptions: {
      ...(browser ? { executablePath: browser } : {}),
      args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
    },
  },
  webServer: {
    command: process.env.BEATLOOM_E2E_BUILT ? serve : `${build} && ${serve}`,
    cwd: ROOT,
    url: `${address}/api/v1/nodes`,
    timeout: 120_000,
    env: {
      BEATLOOM_PORT: process.env.BEATLOOM_E2E_PORT,
      BEATLOOM_DATA: process.env.BEATLOOM_E2E_DATA,
      BEATLOOM_PAGE: page,
    },
    gracefulShutdown: { signal: 'SIGTERM', timeout: 5000 },
  },
})
