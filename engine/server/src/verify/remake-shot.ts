import { constants, copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import {
  AppError,
  CancelledError,
  type Embedded,
  type FileHandle,
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
import { FileLibrary } from '../files/file-library.ts'
import { dataFolderAt, SAMPLES } from '../folder/data-folder.ts'
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
  const { found, missing } = await inputsOf(embedded, dataRoot, signal)
  if (missing.length > 0) return { outcome: 'none', reason: 'inputs_missing', missing }
  const root = mkdtempSync(join(tmpdir(), 'beatloom-verify-'))
  try {
    lend(found, dataRoot, root)
    const target = localTarget(await Engine.open({ dataRoot: root, origin: 'cli' }))
    try {
      signal.throwIfAborted()
      // The plan first: it says how many shots there are.
      const { shots } = await shotsOf(target, { workflow, render, isMade: false }, signal)
      const index = Math.min(shots.length - 1, Math.floor(chance * shots.length))
      const shot = shots[index]
      if (!shot) return { outcome: 'none', reason: 'no_shots' }
      const one = structuredClone(workflow)
      const node = one.nodes[render]
      if (node) {
        node.params['only'] = String(index + 1)
        // What stands in for unfinished shots, such as an animatic of the whole song, is not needed for one.
        const { inputs = {}, rehearsal, repeats = [] } = registry.get(node.type) ?? {}
        const needed = [...(rehearsal?.inputs ?? []), ...repeats]
        const spare = Object.keys(inputs).filter((input) => !needed.includes(input))
        // A link would set the param all the same.
        for (const input of [...spare, 'only']) delete node.links[input]
      }
      const { clips } = await shotsOf(target, { workflow: one, render, isMade: true }, signal)
      const file = clips[index]?.file as PublicFile | undefined
      if (!file) throw new AppError('internal', 'The shot was not made.')
      const from = shot.startFrame + shot.fadeFrames
      const frames = shot.endFrame - from
      const psnrDb = await psnr(target.pathOf(file), path, from, frames, signal)
      return { outcome: 'compared', shot: index + 1, count: shots.length, frames, psnrDb }
    } finally {
      await target.close()
    }
  } finally {
    rmSync(root, { recursive: true, force: true })
  }
}

/** The files that it was made from; `missing` are those that are not here any more, or are others now. */
async function inputsOf(
  { files }: Embedded,
  dataRoot: string,
  signal: AbortSignal,
): Promise<{ found: FileHandle[]; missing: string[] }> {
  const library = new FileLibrary(dataFolderAt(dataRoot))
  const found: FileHandle[] = []
  const missing: string[] = []
  for (const [reference, sha256] of Object.entries(files)) {
    signal.throwIfAborted()
    // What a file names is no promise: it is looked for where workflows may look, and nowhere else.
    const file = await library.resolve(reference).catch(() => null)
    if (file?.sha256 === sha256) found.push(file)
    else missing.push(reference)
  }
  return { found, missing }
}

/** Gives a fresh data folder what another one holds of these files, and its models; results stay its own. */
function lend(files: readonly FileHandle[], from: string, to: string): void {
  const folder = dataFolderAt(to)
  for (const { path, sha256, name } of files) {
    if (dirname(path) === SAMPLES) continue
    const place = join(folder.assets, sha256)
    mkdirSync(place, { recursive: true })
    // A link would point out of the folder, and be refused.
    copyFileSync(path, join(place, name), constants.COPYFILE_FICLONE)
  }
  const models = join(from, 'models')
  if (existsSync(models)) symlinkSync(models, join(to, 'models'), 'junction')
  // The same of several providers is chosen, without measuring them anew.
  const measured = join(from, 'providers.json')
  if (existsSync(measured)) copyFileSync(measured, join(to, 'providers.json'))
}

interface ShotsRun {
  workflow: Workflow
  /** The node that makes the shots. */
  render: string
  /** False: only as far as the plan. */
  isMade: boolean
}

async function shotsOf(
  target: ReturnType<typeof localTarget>,
  { workflow, render, isMade }: ShotsRun,
  signal: AbortSignal,
): Promise<{ shots: Shot[]; clips: ShotClip[] }> {
  const plan = [workflow.nodes[render]?.links['shots'] ?? []].flat()[0]?.node
  const wanted = isMade || plan === undefined ? render : plan
  signal.throwIfAborted()
  const { run } = await target.submit(workflow, { inputs: {}, nodes: [wanted], previews: false })
  const cancel = (): void => void target.cancel(run)
  if (signal.aborted) cancel()
  signal.addEventListener('abort', cancel, { once: true })
  let [shots, clips]: [Shot[], ShotClip[]] = [[], []]
  try {
    for await (const event of target.events(run)) {
      if (event.type === 'node.display') {
        for (const item of event.items) {
          if (item.kind === 'shots') shots = item.shots
          if (item.kind === 'shot-clips') clips = item.clips
        }
      }
      if (event.type === 'run.failed') throw new AppError(event.error.code, event.error.message)
      if (event.type === 'run.cancelled') throw new CancelledError()
    }
  } finally {
    signal.removeEventListener('abort', cancel)
  }
  return { shots, clips }
}

/** Over all pixels of a shot and of a stretch of the video; null where they are the same. */
async function psnr(
  shot: string,
  video: string,
  firstFrame: number,
  frames: number,
  signal: AbortSignal,
): Promise<number | null> {
  const whole = readVideoFrames(video, { firstFrame }, signal)
  let squares = 0
  let values = 0
  try {
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
