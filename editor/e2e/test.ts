import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test as base } from '@playwright/test'
import { type OwnServer, startServer } from './own-server.ts'

export {
  type BrowserContext,
  type CDPSession,
  expect,
  type Locator,
  type Page,
  type WebSocketRoute,
} from '@playwright/test'

interface PerFile {
  /** A module of nodes for tests, beside those of the product: a name in engine/server/src/testing. */
  testNodes: string | undefined
  server: OwnServer
}

/**
 * Every spec file talks to a server of its own with an empty data folder, so that what one file leaves behind (runs,
 * cached results, documents) is not met by another. Files are projects (playwright.config.ts), and a worker process
 * serves one project.
 */
export const test = base.extend<object, PerFile>({
  testNodes: [undefined, { option: true, scope: 'worker' }],
  server: [
    async ({ testNodes }, use) => {
      const data = mkdtempSync(join(tmpdir(), 'beatloom-e2e-'))
      const server = await startServer({ data, testNodes })
      await use(server)
      await server.stop()
      rmSync(data, { recursive: true, force: true, maxRetries: 5 })
    },
    { scope: 'worker', timeout: 60_000 },
  ],
  baseURL: async ({ server }, use) => use(server.url),
})
