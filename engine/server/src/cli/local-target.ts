import { copyFile, mkdir, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { isTerminalEvent } from '@beatloom/core'
import type { Engine } from '../engine.ts'
import { asDiskFull } from '../files/content-store.ts'
import type { PublicFile } from '../store/run-record.ts'
import type { RunTarget, TargetEvent } from './run-target.ts'

/** Runs in this process, which owns the data folder meanwhile. */
export function localTarget(engine: Engine): RunTarget {
  const pathOf = (file: PublicFile): string => join(engine.folder.artifacts, file.sha256, file.name)
  return {
    async importFile(path) {
      const { sha256, name } = await engine.assets.copyIn(path, basename(path))
      return `assets/${sha256}/${name}`
    },
    validate: async (workflow, request) => (await engine.prepare(workflow, request)).issues,
    plan: (workflow, request) => engine.plan(workflow, request),
    // Nobody sees what forms here: drawing it would be time wasted.
    submit: (workflow, request) => engine.submit({ workflow, previews: false, ...request }),
    async *events(run) {
      const waiting: string[] = []
      let wake: () => void = () => {}
      const unsubscribe = engine.hub.subscribe((events) => {
        for (const event of events) if (event.run === run) waiting.push(event.json)
        wake()
      })
      try {
        let seen = 0
        waiting.unshift(...engine.store.eventsOfRun(run))
        for (;;) {
          for (const json of waiting.splice(0)) {
            const event = JSON.parse(json) as TargetEvent
            if (event.seq !== 0 && event.seq <= seen) continue
            seen = Math.max(seen, event.seq)
            yield event
            if (isTerminalEvent(event)) return
          }
          await new Promise<void>((resolve) => {
            wake = resolve
            if (waiting.length > 0) resolve()
          })
        }
      } finally {
        unsubscribe()
      }
    },
    async cancel(run) {
      engine.queue.cancel(run)
    },
    models: () => engine.models(),
    fetchFile: (file, path) => writeWhole(path, (partial) => copyFile(pathOf(file), partial)),
    pathOf,
    abandon: () => engine.queue.worker.kill(),
    close: () => engine.close(),
  }
}

/** Writes beside the target and renames, so that the target is never half a file. */
export async function writeWhole(path: string, write: (partial: string) => Promise<unknown>): Promise<void> {
  const partial = `${path}.${process.pid}.part`
  try {
    await mkdir(dirname(path), { recursive: true })
    await write(partial)
    await rename(partial, path)
  } catch (error) {
    await rm(partial, { force: true })
    throw asDiskFull(error)
  }
}
