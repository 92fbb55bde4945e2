import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'
import { TEST_NODES } from './test-engine.ts'

const CLI = fileURLToPath(new URL('../cli/main.ts', import.meta.url))

export interface CommandRun {
  child: ChildProcess
  stdout(): string
  stderr(): string
  /** Exit status; null when a signal ended it. */
  ended: Promise<number | null>
}

/** Starts `beatloom` with the test nodes, as a person would. */
export function beatloom(args: string[], dataRoot: string, env: Record<string, string> = {}): CommandRun {
  const child = spawn(process.execPath, [CLI, ...args], {
    env: {
      ...process.env,
      NODE_ENV: 'test',
      BEATLOOM_TEST_NODES: TEST_NODES,
      BEATLOOM_DATA: dataRoot,
      BEATLOOM_PORT: '0',
      BEATLOOM_LANG: 'en',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let stdout = ''
  let stderr = ''
  child.stdout?.on('data', (chunk) => {
    stdout += chunk
  })
  child.stderr?.on('data', (chunk) => {
    stderr += chunk
  })
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve))
  onTestFinished(async () => {
    child.kill('SIGTERM')
    await ended
  })
  return { child, stdout: () => stdout, stderr: () => stderr, ended }
}

/** Starts a server and waits until it says where it is. */
export async function startServer(
  dataRoot: string,
  env: Record<string, string> = {},
): Promise<CommandRun & { url: string }> {
  const run = beatloom(['serve', '--no-open'], dataRoot, env)
  const url = await untilPrinted(run, /ready: (http:\S+)/)
  return { ...run, url }
}

/** The first group of a pattern in what the command prints. */
export async function untilPrinted(run: CommandRun, pattern: RegExp): Promise<string> {
  let over = false
  run.ended.then(() => {
    over = true
  })
  for (;;) {
    const match = pattern.exec(run.stdout() + run.stderr())
    if (match) return match[1] ?? match[0]
    if (over) throw new Error(`It ended without printing ${pattern}:\n${run.stdout()}${run.stderr()}`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

export async function call<T = Record<string, unknown>>(
  url: string,
  method: string,
  path: string,
  body?: unknown,
): Promise<T> {
  const response = await fetch(`${url}/api/v1${path}`, {
    method,
    ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  })
  return (await response.json()) as T
}
