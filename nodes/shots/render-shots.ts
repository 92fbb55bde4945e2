import { writeFile } from 'node:fs/promises'
import {
  AppError,
  clipFacts,
  defineNode,
  type FileHandle,
  type Image,
  type LoopBody,
  type NodeContext,
  type ParamMeta,
  type Rehearsal,
  type ShotClip,
  type Shots,
  type SubGraph,
  type SubGraphs,
  type VideoFile,
} from '@beatloom/core'
import { encodeImage, IMAGE_MIME } from '@beatloom/media'
import { z } from 'zod'
import { chosenShots } from './chosen-shots.ts'
import { contentKey } from './content-key.ts'
import { sceneStart, stretchOf } from './each-shot.ts'
import { RoughCut } from './rough-cut.ts'
import { partsGraph, type ShotParts, shotGraph } from './shot-graph.ts'

/** Shots under way at once: while one is encoded the device makes the next. */
const SIDE_BY_SIDE = 2
/** The list of shots is told anew at most so often, ms, and not many more times in all: it may be a thousand long. */
const TELL_MS = 500
const MOST_TOLD = 50

export const renderShots = defineNode({
  type: 'shots.render',
  version: 1,
  title: 'Render shots',
  description:
    'Makes every shot of the plan: repeats the nodes between Each shot and itself, one round a shot. Finished shots are kept, and only those that change are made again.',
  category: 'shots',
  aliases: ['loop', 'for each shot', 'batch', 'render', '渲染镜头', '循环'],
  phase: 'generate',
  inputs: {
    shots: { type: 'SHOTS', title: 'Shots' },
    frames: {
      type: 'FRAMES',
      title: 'Frames',
      lazy: true,
      description: 'Of one shot, made from what Each shot gives.',
    },
    state: {
      type: 'LATENT',
      title: 'Shot before',
      lazy: true,
      optional: true,
      description: 'What the next shot of the same scene goes on from: Each shot hands it over.',
    },
    drafts: {
      type: 'VIDEO',
      title: 'Drafts',
      list: true,
      optional: true,
      description: 'The shots of an animatic: where the work is stopped they stand in for what is not made yet.',
    },
    audio: {
      type: 'AUDIO',
      title: 'Audio',
      optional: true,
      description: 'The song that lies under what is there when the work is stopped.',
    },
  },
  outputs: {
    clips: {
      type: 'VIDEO',
      title: 'Shots',
      list: true,
      description: 'Silent videos that follow one another: each shot, and before it the frames over which it fades in.',
    },
  },
  params: z.object({
    quality: z
      .int()
      .min(1)
      .max(51)
      .default(18)
      .describe('H.264 rate factor: smaller is finer and larger in bytes; 18 shows no loss')
      .meta({ title: 'Rate factor', advanced: true } satisfies ParamMeta),
    only: z
      .string()
      .max(2000)
      .default('')
      .describe('Makes these shots alone, such as "3" or "2, 5-7"; empty: all of them.')
      .meta({ title: 'Only shots', advanced: true } satisfies ParamMeta),
  }),
  facts: ({ shots, frames }) => ({
    clips: clipFacts({ width: frames?.width, height: frames?.height, frameRate: shots?.frameRate, hasAudio: false }),
  }),
  // Encoding the shots: what makes their frames says for itself what it takes.
  cost(_params, { shots, frames }) {
    const pixels = frames?.width && frames.height ? (frames.width * frames.height) / 1e6 : null
    if (pixels === null || shots?.frameCount === undefined) return null
    const all = pixels * shots.frameCount
    return {
      work: 0.3 * (shots.shotCount ?? 1) + 0.018 * all,
      memoryBytes: 60e6 + 190e6 * pixels,
      diskBytes: 20e3 * all,
    }
  },
  check({ only }) {
    return chosenShots(only, Number.POSITIVE_INFINITY)
      ? []
      : [{ param: 'only', message: 'Write numbers of shots, such as 3 or 2, 5-7.' }]
  },
  rehearsal: { inputs: ['shots'], run: missingShots },
  async run({ shots, drafts, audio }, { quality, only }, context) {
    context.signal.throwIfAborted()
    const body = context.subGraphs.bodyOf(['frames', 'state'])
    const wanted = chosenShots(only, shots.shots.length) ?? []
    if (wanted.length === 0)
      throw new AppError('input_invalid', `The plan has ${shots.shots.length} shots, and none of them is chosen.`)
    const board = new ShotBoard(shots, context)
    const made = new Map<number, EncodedShot>()
    const rough = drafts?.length === shots.shots.length ? new RoughCut(drafts, audio, context) : null
    let done = 0
    context.progress(0, wanted.length)
    try {
      await inOrder(wanted, shots, async (index) => {
        const shot = await renderShot({ body, shots, index, quality, board, context })
        made.set(index, shot)
        await rough?.take(index, shot.video)
        context.progress(++done, wanted.length)
      })
    } catch (error) {
      await rough?.leave()
      throw error
    }
    rough?.end()
    board.tell()
    return { clips: await piecesOf(wanted, made, { shots, quality, context }) }
  },
})

/** What Encode shot gives; head and tail only where shots fade into each other. */
interface EncodedShot {
  video: VideoFile
  head?: VideoFile
  tail?: VideoFile
  thumb: Image
}

interface RoundJob {
  body: LoopBody
  shots: Shots
  index: number
  quality: number
  subGraphs: SubGraphs
}

/** The sub-graph that makes one shot, and the name it goes by. */
async function roundOf({
  body,
  shots,
  index,
  quality,
  subGraphs,
}: RoundJob): Promise<{ graph: SubGraph; name: string }> {
  const first = body.ends['state'] ? sceneStart(shots, index) : index
  const parts: ShotParts[] = []
  for (let at = first; at <= index; at++)
    parts.push(await subGraphs.run(partsGraph(body, at), `parts of shot ${at + 1} for ${index + 1}`))
  const { frameCount } = stretchOf(shots.shots, index, shots.frameRate)
  const graph = shotGraph(body, parts, first, {
    type: 'shots.encode',
    params: {
      ...{ frameCount, frameRate: shots.frameRate, quality },
      ...{ head: shots.shots[index]?.fadeFrames ?? 0, tail: shots.shots[index + 1]?.fadeFrames ?? 0 },
    },
  })
  return { graph, name: `shot ${index + 1}` }
}

interface ShotJob extends Omit<RoundJob, 'subGraphs'> {
  board: ShotBoard
  context: NodeContext
}

async function renderShot({ board, context, ...job }: ShotJob): Promise<EncodedShot> {
  const { subGraphs } = context
  const { index } = job
  const { graph, name } = await roundOf({ ...job, subGraphs })
  const wasCached = await subGraphs.isCached(graph, name)
  board.set(index, { state: 'running' })
  try {
    const made = (await subGraphs.run(graph, name)) as unknown as EncodedShot
    const { video, thumb } = made
    const small = await keepThumb(thumb, index, context)
    board.set(index, { state: wasCached ? 'cached' : 'done', file: video.file, thumb: small })
    if (!wasCached) context.checkpoint()
    return made
  } catch (error) {
    board.set(index, { state: 'failed' })
    throw error
  }
}

/** Which shots a run would make. */
async function missingShots(
  { shots }: { shots: Shots },
  { quality, only }: { quality: number; only: string },
  { subGraphs }: NodeContext,
): Promise<Rehearsal> {
  const body = subGraphs.bodyOf(['frames', 'state'])
  const wanted = chosenShots(only, shots.shots.length) ?? []
  const missing: number[] = []
  for (const index of wanted) {
    const { graph, name } = await roundOf({ body, shots, index, quality, subGraphs })
    if (!(await subGraphs.isCached(graph, name))) missing.push(index + 1)
  }
  return { start: body.start.id, rounds: wanted.length, missing }
}

interface PieceJob {
  shots: Shots
  quality: number
  context: NodeContext
}

/** The files that follow one another in the video: a shot, and before it the frames over which it fades in. */
async function piecesOf(
  wanted: readonly number[],
  made: ReadonlyMap<number, EncodedShot>,
  { quality, context }: PieceJob,
): Promise<VideoFile[]> {
  const pieces: VideoFile[] = []
  for (const index of wanted) {
    const { video, head } = made.get(index) as EncodedShot
    const tail = made.get(index - 1)?.tail
    if (head && tail) {
      const given = (value: VideoFile) => ({ given: value, type: 'VIDEO' as const, key: contentKey(value) })
      const links = { from: { node: 'tail', port: 'value' }, to: { node: 'head', port: 'value' } }
      const nodes = { tail: given(tail), head: given(head), fade: { type: 'shots.fade', params: { quality }, links } }
      const outputs = { video: { node: 'fade', port: 'video' } }
      pieces.push((await context.subGraphs.run({ nodes, outputs }, `fade ${index + 1}`))['video'] as VideoFile)
    }
    pieces.push(video)
  }
  return pieces
}

/** Runs the work of each index in order, a few side by side; one that goes on from the shot before waits for it. */
async function inOrder(
  indices: readonly number[],
  { shots }: Shots,
  work: (index: number) => Promise<void>,
): Promise<void> {
  const under = new Map<number, Promise<void>>()
  let failure: { error: unknown } | null = null
  for (const index of indices) {
    if (shots[index]?.continues) await under.get(index - 1)
    if (under.size >= SIDE_BY_SIDE) await Promise.race(under.values())
    if (failure) break
    const task = work(index)
      .catch((error: unknown) => {
        failure ??= { error }
      })
      .finally(() => under.delete(index))
    under.set(index, task)
  }
  // Shots under way when another fails are finished first: they are kept.
  await Promise.all(under.values())
  if (failure) throw (failure as { error: unknown }).error
}

async function keepThumb(thumb: Image, index: number, { artifacts }: NodeContext): Promise<FileHandle> {
  const path = await artifacts.scratch('.jpg')
  await writeFile(path, await encodeImage(thumb, { format: 'jpeg', quality: 80 }))
  return artifacts.adopt(path, `shot ${index + 1}.jpg`, IMAGE_MIME.jpeg)
}

/** The list of shots as people see it, told while it changes. */
class ShotBoard {
  readonly #clips: ShotClip[]
  readonly #context: NodeContext
  #toldAt = Number.NEGATIVE_INFINITY
  #changes = 0

  constructor({ shots }: Shots, context: NodeContext) {
    this.#clips = shots.map(({ startSeconds, endSeconds }) => ({ startSeconds, endSeconds, state: 'waiting' }))
    this.#context = context
    context.display({ kind: 'shot-clips', clips: this.#clips })
    this.tell()
  }

  set(index: number, change: Partial<ShotClip>): void {
    this.#clips[index] = { ...(this.#clips[index] as ShotClip), ...change }
    // Each shot changes twice: it begins, and it ends.
    const isWorthTelling = ++this.#changes >= (2 * this.#clips.length) / MOST_TOLD
    if (isWorthTelling && performance.now() - this.#toldAt >= TELL_MS) this.tell()
  }

  tell(): void {
    this.#toldAt = performance.now()
    this.#changes = 0
    this.#context.showNow()
  }
}
