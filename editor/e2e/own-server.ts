import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'

export const ROOT = join(import.meta.dirname, '../..')
const CLI = join(ROOT, 'engine/server/src/cli/main.ts')

export interface OwnServer {
  /** Without a slash at its end. */
  url: string
  child: ChildProcess
  /** Asks it to end, and waits. */
  stop(): Promise<void>
  /** As when the power goes: nothing is said and nothing tidied. */
  kill(): Promise<void>
}

export interface ServerSettings {
  /** Its data folder. */
  data: string
  /** 0 for any that is free. */
  port?: number
  /** A module of nodes for tests, beside those of the product: a name in engine/server/src/testing. */
  testNodes?: string
  /** More of its environment. */
  env?: Record<string, string>
}

/**
 * A server like the one people start, in a process of its own.
 * @throws {Error} with what it printed, when it ends before it is ready.
 */
export async function startServer({ data, port = 0, testNodes, env = {} }: ServerSettings): Promise<OwnServer> {
  const nodes = testNodes
    ? { NODE_ENV: 'test', BEATLOOM_TEST_NODES: join(ROOT, 'engine/server/src/testing', testNodes) }
    : {}
  const child = spawn(process.execPath, [CLI, 'serve', '--no-open'], {
    env: {
      ...process.env,
      ...nodes,
      ...env,
      BEATLOOM_DATA: data,
      BEATLOOM_PORT: String(port),
      BEATLOOM_LANG: 'en',
      BEATLOOM_PAGE: process.env.BEATLOOM_E2E_PAGE ?? join(ROOT, 'editor/dist'),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const end = async (signal: NodeJS.Signals) => {
    child.kill(signal)
    await ended
  }
  const url = await addressOf(child)
  return { url, child, stop: () => end('SIGTERM'), kill: () => end('SIGKILL') }
}

function addressOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let printed = ''
    const look = (chunk: Buffer): void => {
      printed += chunk
      const ready = /ready: (http:\S+)/.exec(printed)?.[1]
      if (ready) resolve(ready.replace(/\/$/, ''))
    }
    child.stdout?.on('data', look)
    child.stderr?.on('data', look)
    child.once('exit', () => reject(new Error(`The server ended before it was ready:\n${printed}`)))
  })
}
