import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { filesOf, startHub, type TestHub } from '../../models/src/manager/testing/hub-server.ts'
import { ROOT, startServer } from './own-server.ts'
import { test as base } from './test.ts'

export { REPO } from '../../models/src/manager/testing/hub-server.ts'
/** A model of 43 kB, complete in all its parts. */
export const TINY = join(ROOT, 'models/src/testing/tiny-pocket')

/** A server whose hub is one of this machine, with a small model in it; `data` is the server's folder. */
export const test = base.extend<object, { hub: TestHub; data: string }>({
  hub: [
    // biome-ignore lint/correctness/noEmptyPattern: a fixture names what it takes, and this takes nothing.
    async ({}, use) => {
      const hub = await startHub(filesOf(TINY))
      await use(hub)
      await hub.close()
    },
    { scope: 'worker' },
  ],
  data: [
    // biome-ignore lint/correctness/noEmptyPattern: as above.
    async ({}, use) => {
      const data = mkdtempSync(join(tmpdir(), 'beatloom-e2e-models-'))
      await use(data)
      rmSync(data, { recursive: true, force: true, maxRetries: 5 })
    },
    { scope: 'worker' },
  ],
  server: [
    async ({ hub, data }, use) => {
      const server = await startServer({ data, env: { HF_ENDPOINT: hub.url, HF_TOKEN: '' } })
      await use(server)
      await server.stop()
    },
    { scope: 'worker', timeout: 60_000 },
  ],
})

/** What a person types at the server's machine, beside the running server. */
export function atTheMachine(data: string, words: readonly string[]): string {
  const cli = join(ROOT, 'engine/server/src/cli/main.ts')
  const env = { ...process.env, BEATLOOM_DATA: data, BEATLOOM_LANG: 'en' }
  return execFileSync(process.execPath, [cli, ...words], { env, encoding: 'utf8', stdio: 'pipe' })
}
