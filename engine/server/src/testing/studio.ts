import { readFileSync } from 'node:fs'
import { basename, isAbsolute, join } from 'node:path'
import { AppError, type Display, type ErrorReport, parseWorkflow } from '@beatloom/core'
import { localTarget } from '../cli/local-target.ts'
import type { TargetEvent } from '../cli/run-target.ts'
import { Engine } from '../engine.ts'
import { GALLERY } from '../folder/data-folder.ts'
import type { PublicOutput } from '../store/run-record.ts'

/** Inputs of the song-video workflow; what is left out keeps the workflow's own value. Files are references or paths. */
export interface Order {
  picture?: string
  song?: string
  prompt?: string
  negativePrompt?: string
  duration?: number
  start?: number
  resolution?: '480p' | '720p'
  motion?: string
  frameRate?: number
  seed?: string
}

export interface Made {
  /** The MP4. */
  path: string
  seconds: number
  /** What the nodes told the person meanwhile. */
  notes: Extract<Display, { kind: 'note' }>[]
}

/** Makes song videos one after another with one engine, so that loaded models and kept results serve them all. */
export interface Studio {
  /** @throws {AppError} whatever the run failed with, as the person would be told. */
  make(order: Order): Promise<Made>
  close(): Promise<void>
}

/** @param steps sampler steps; the workflow's own when absent. */
export async function openStudio(dataRoot: string, options: { steps?: number } = {}): Promise<Studio> {
  const target = localTarget(await Engine.open({ dataRoot, origin: 'cli' }))
  const workflow = parseWorkflow(readFileSync(join(GALLERY, 'song-video.json'), 'utf8'))
  if (options.steps !== undefined) workflow.nodes.sampler!.params.steps = options.steps
  const imported = new Map<string, Promise<string>>()
  const reference = async (path: string): Promise<string> => {
    if (!isAbsolute(path)) return path
    const known = imported.get(path) ?? target.importFile(path)
    imported.set(path, known)
    return known
  }
  return {
    async make({ picture, song, ...rest }) {
      const inputs: Record<string, unknown> = { ...rest }
      if (picture !== undefined) inputs.picture = await reference(picture)
      if (song !== undefined) inputs.song = await reference(song)
      const { run } = await target.submit(workflow, { inputs, previews: false })
      const notes: Made['notes'] = []
      for await (const event of target.events(run)) {
        if (event.type === 'node.display') notes.push(...event.items.filter((item) => item.kind === 'note'))
        if (event.type === 'run.finished') return { path: videoPath(event), seconds: event.seconds, notes }
        if (event.type === 'run.failed') throw failureOf(event.error)
      }
      throw new AppError('internal', `The run ${basename(run)} ended without a word.`)
    },
    close: () => target.close(),
  }

  function videoPath(event: Extract<TargetEvent, { type: 'run.finished' }>): string {
    const video = (event.outputs as PublicOutput[]).find(({ name }) => name === 'video')
    if (!video?.file) throw new AppError('internal', 'The run made no video.')
    return target.pathOf(video.file)
  }
}

const failureOf = ({ code, message, details }: ErrorReport): AppError => new AppError(code, message, { details })
