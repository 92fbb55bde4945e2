import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const CLI = fileURLToPath(new URL('../cli/main.ts', import.meta.url))
const TEST_NODES = fileURLToPath(new URL('../testing/test-nodes.ts', import.meta.url))

export interface BenchServer {
  url: string
  /** From starting the process to its "ready" line, ms. */
  readyMs: number
  pid: number
  stop(): Promise<void>
}

export function temporaryData(): { path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'beatloom-bench-'))
  return { path, remove: () => rmSync(path, { recursive: true, force: true, maxRetries: 5 }) }
}

/** A server process of its own on a fresh data folder. @param trivialNodes the nodes that tests use, which cost nothing. */
export async function startBenchServer(options: { trivialNodes: boolean; data: string }): Promise<BenchServer> {
  const startedAt = performance.now()
  const trivial = { NODE_ENV: 'test', BEATLOOM_TEST_NODES: TEST_NODES }
  const child = spawn(process.execPath, [CLI, 'serve', '--no-open'], {
    env: { ...process.env, BEATLOOM_DATA: options.data, BEATLOOM_PORT: '0', ...(options.trivialNodes ? trivial : {}) },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const url = await readyAddress(child)
  const readyMs = performance.now() - startedAt
  return {
    url,
    readyMs,
    pid: child.pid as number,
    async stop() {
      const ended = new Promise((resolve) => child.once('exit', resolve))
      child.kill('SIGTERM')
      await ended
    },
  }
}

function readyAddress(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = ''
    child.stdout?.on('data', (chunk) => {
      text += chunk
      const url = /ready: (http:\S+)/.exec(text)?.[1]
      if (url) resolve(url)
    })
    child.once('exit', (code) => reject(new Error(`The server ended with status ${code} before it was ready.`)))
  })
}

/** A process and all its descendants (Linux). */
export function processTree(root: number): number[] {
  const parents = new Map<number, number[]>()
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue
    const parent = Number(
      readProc(name, 'stat')
        .replace(/^.*\) /s, '')
        .split(' ')[1],
    )
    parents.set(parent, [...(parents.get(parent) ?? []), Number(name)])
  }
  const tree = [root]
  for (const pid of tree) tree.push(...(parents.get(pid) ?? []))
  return tree
}

/** Resident memory of a process tree, bytes; shared pages count in each process. */
export function treeRssBytes(root: number): number {
  let total = 0
  for (const pid of processTree(root)) {
    total += Number(/^VmRSS:\s+(\d+)/m.exec(readProc(String(pid), 'status'))?.[1] ?? 0) * 1024
  }
  return total
}

/**
 * Memory of a process tree, bytes, each shared page counted once. A worker that starts ffmpeg is two processes with one
 * memory for a moment: their resident sizes added up say half a gigabyte too much then.
 */
export function treePssBytes(root: number): number {
  let total = 0
  for (const pid of processTree(root)) {
    total += Number(/^Pss:\s+(\d+)/m.exec(readProc(String(pid), 'smaps_rollup'))?.[1] ?? 0) * 1024
  }
  return total
}

function readProc(pid: string, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'latin1')
  } catch {
    return ''
  }
}
