import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  AppError,
  type Embedded,
  type Image,
  parseWorkflow,
  type Registry,
  type Shot,
  type ShotClip,
  type Workflow,
} from '@beatloom/core'
import { readVideoFrames } from '@beatloom/media'
import { localTarget } from '../cli/local-target.ts'
import { Engine } from '../engine.ts'
import { hashFile } from '../files/hash-file.ts'
import { dataFolderAt, GALLERY } from '../folder/data-folder.ts'
import type { PublicFile } from '../store/run-record.ts'
import type { RemadeShot } from './remade-shot.ts'

export interface RemakeOptions {
  /** The video. */
  path: string
  embedded: Embedded
  /** Root of the data folder where its song and pictures were brought in, and where models lie. */
  dataRoot: string
  registry: Registry
  /** Picks the shot, 0 … 1. */
  chance: number
}

/**
 * Makes one shot of a video of ours anew, from the workflow that it carries, with nothing cached, and compares it with
 * the video frame by frame. Works in a data folder of its own, so that it never waits for another Beatloom.
 * @throws {AppError} what making it throws.
 */
export async function remakeShot(
  { path, embedded, dataRoot, registry, chance }: RemakeOptions,
  signal: AbortSignal,
): Promise<RemadeShot> {
  const workflow = parseWorkflow(JSON.parse(embedded.workflow))
  const render = Object.entries(workflow.nodes).find(([, node]) => registry.get(node.type)?.rehearsal)?.[0]
  if (render === undefined) return { outcome: 'none', reason: 'no_shots' }
  const missing = await missingInputs(embedded, dataRoot)
  if (missing.length > 0) return { outcome: 'none', reason: 'inputs_missing', missing }
  const root = mkdtempSync(join(tmpdir(), 'beatloom-verify-'))
  try {
    lend(dataRoot, root)
    const target = localTarget(await Engine.open({ dataRoot: root, origin: 'cli' }))
    const stop = (): void => target.abandon()
    signal.addEventListener('abort', stop, { once: true })
    try {
      // The plan first: it says how many shots there are.
      const { shots } = await shotsOf(target, workflow, render)
      const index = Math.min(shots.length - 1, Math.floor(chance * shots.length))
      const shot = shots[index]
      if (!shot) return { outcome: 'none', reason: 'no_shots' }
      const one = structuredClone(workflow)
      const node = one.nodes[render]
      if (node) node.params['only'] = String(index + 1)
      const { clips } = await shotsOf(target, one, render, true)
      const file = clips[index]?.file as PublicFile | undefined
      if (!file) throw new AppError('internal', 'The shot was not made.')
      const from = shot.startFrame + shot.fadeFrames
      const frames = shot.endFrame - from
      const psnrDb = await psnr(target.pathOf(file), path, from, frames, signal)
      return { outcome: 'compared', shot: index + 1, count: shots.length, frames, psnrDb }
    } finally {
      signal.removeEventListener('abort', stop)
      await target.close()
    }
  } finally {
    rmSync(root, { recursive: true, force: true })
  }
}

/** Files that it was made from and that are not here any more, or are others now. */
async function missingInputs({ files }: Embedded, dataRoot: string): Promise<string[]> {
  const missing: string[] = []
  for (const [reference, sha256] of Object.entries(files)) {
    const place = reference.startsWith('assets/') ? join(dataRoot, reference) : join(GALLERY, reference)
    if (!existsSync(place) || (await hashFile(place)) !== sha256) missing.push(reference)
  }
  return missing
}

/** Gives a fresh data folder what another one holds of files and models; results stay its own. */
function lend(from: string, to: string): void {
  mkdirSync(to, { recursive: true })
  for (const source of [dataFolderAt(from).assets, join(from, 'models')]) {
    const place = join(to, source.slice(from.length))
    if (existsSync(source)) symlinkSync(source, place, 'junction')
  }
}

/** Runs a workflow to the nodes that plan, or also to the one that makes the shots. */
async function shotsOf(
  target: ReturnType<typeof localTarget>,
  workflow: Workflow,
  render: string,
  isMade = false,
): Promise<{ shots: Shot[]; clips: ShotClip[] }> {
  const plan = [workflow.nodes[render]?.links['shots'] ?? []].flat()[0]?.node
  const { run } = await target.submit(workflow, {
    inputs: {},
    nodes: [isMade || plan === undefined ? render : plan],
    previews: false,
  })
  let [shots, clips]: [Shot[], ShotClip[]] = [[], []]
  for await (const event of target.events(run)) {
    if (event.type === 'node.display') {
      for (const item of event.items) {
        if (item.kind === 'shots') shots = item.shots
        if (item.kind === 'shot-clips') clips = item.clips
      }
    }
    if (event.type === 'run.failed') throw new AppError(event.error.code, event.error.message)
    if (event.type === 'run.cancelled') throw new AppError('run_cancelled', 'The run was cancelled.')
  }
  return { shots, clips }
}

/** Over all pixels of a shot and of a stretch of the video; null where they are the same. */
async function psnr(
  shot: string,
  video: string,
  from: number,
  frames: number,
  signal: AbortSignal,
): Promise<number | null> {
  const whole = readVideoFrames(video, {}, signal)
  let squares = 0
  let values = 0
  try {
    for (let skipped = 0; skipped < from; skipped++) await whole.next()
    for await (const frame of readVideoFrames(shot, {}, signal)) {
      const other = await whole.next()
      if (other.done || other.value.data.length !== frame.data.length) return 0
      squares += squaresBetween(frame, other.value)
      values += frame.data.length
    }
  } finally {
    await whole.return()
  }
  if (values === 0 || frames === 0) return 0
  return squares === 0 ? null : 10 * Math.log10((255 * 255 * values) / squares)
}

function squaresBetween(a: Image, b: Image): number {
  let sum = 0
  for (let i = 0; i < a.data.length; i++) sum += ((a.data[i] as number) - (b.data[i] as number)) ** 2
  return sum
}
