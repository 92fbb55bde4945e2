import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { isTerminalEvent, type RunEvent } from '@beatloom/core'
import { onTestFinished } from 'vitest'
import { Engine, type EngineOptions } from '../engine.ts'

export const TEST_NODES = fileURLToPath(new URL('./test-nodes.ts', import.meta.url))
process.env.BEATLOOM_TEST_NODES = TEST_NODES

export function temporaryFolder(): string {
  const path = mkdtempSync(join(tmpdir(), 'beatloom-test-'))
  onTestFinished(() => rmSync(path, { recursive: true, force: true, maxRetries: 5 }))
  return path
}

/** An engine with the test nodes on a folder of its own, closed when the test ends. */
export async function openTestEngine(options: Partial<EngineOptions> = {}): Promise<Engine> {
  const engine = await Engine.open({ dataRoot: options.dataRoot ?? temporaryFolder(), origin: 'server', ...options })
  onTestFinished(() => engine.close())
  return engine
}

export const eventsOf = (engine: Engine, run: string): (RunEvent & { id: number })[] =>
  engine.store.eventsOfRun(run).map((json) => JSON.parse(json))

/** Waits until a run has said how it ended. */
export function untilEnded(engine: Engine, run: string): Promise<RunEvent & { id: number }> {
  return untilEvent(engine, run, isTerminalEvent)
}

/** Waits for the first event of a run, past or coming, that the test is looking for. */
export function untilEvent(
  engine: Engine,
  run: string,
  matches: (event: RunEvent) => boolean,
): Promise<RunEvent & { id: number }> {
  return new Promise((resolve) => {
    const look = (): boolean => {
      const found = eventsOf(engine, run).find(matches)
      if (found) resolve(found)
      return found !== undefined
    }
    if (look()) return
    const unsubscribe = engine.hub.subscribe(() => {
      if (look()) unsubscribe()
    })
  })
}
