import {
  AppError,
  clipFacts,
  defineNode,
  type NodeContext,
  type ParamMeta,
  type Shots,
  type VideoFile,
} from '@beatloom/core'
import { z } from 'zod'
import { rateFactorParam } from '../video/rate-factor-param.ts'
import { chosenShots } from './chosen-shots.ts'
import { contentKey } from './content-key.ts'
import { type EncodedShot, LOOP_ENDS, makeShot, missingShots } from './make-shot.ts'
import { Places } from './places.ts'
import { RoughCut } from './rough-cut.ts'
import { ShotBoard } from './shot-board.ts'

/** Shots under way at once in each worker: while one is encoded the device makes the next. */
const SIDE_BY_SIDE = 2
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
    quality: rateFactorParam(),
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
  repeats: LOOP_ENDS,
  rehearsal: { inputs: ['shots'], run: missingShots },
  async run({ shots, drafts, audio }, { quality, only }, context) {
    context.signal.throwIfAborted()
    const body = context.subGraphs.bodyOf(LOOP_ENDS)
    const wanted = chosenShots(only, shots.shots.length) ?? []
    if (wanted.length === 0)
      throw new AppError('input_invalid', `The plan has ${shots.shots.length} shots, and none of them is chosen.`)
    const board = new ShotBoard(shots, wanted.length, context)
    if (!body.ends['state'] && shots.shots.some((shot) => shot.continues)) {
      const text =
        'Some shots go on from the one before, and nothing is linked to Shot before: they begin anew, which shows as a cut.'
      context.display({ kind: 'note', code: 'state_missing', text })
    }
    const made = new Map<number, EncodedShot>()
    const rough = drafts?.length === shots.shots.length ? new RoughCut(drafts, audio, context) : null
    let done = 0
    context.progress(0, wanted.length)
    try {
      const workers = [null, ...Array.from({ length: context.otherWorkers?.count ?? 0 }, (_, worker) => worker)]
      const places = new Places(SIDE_BY_SIDE)
      await inOrder(wanted, shots, workers, async (index, worker, retire) => {
        const onWorkerFailed = retire
        const shot = await makeShot({ body, shots, index, quality, board, context, places, worker, onWorkerFailed })
        made.set(index, shot)
        await rough?.take(index, shot.video)
        context.progress(++done, wanted.length)
      })
    } catch (error) {
      await rough?.leave()
      board.tell()
      throw error
    }
    rough?.end()
    board.tell()
    return { clips: await piecesOf(wanted, made, { shots, quality, context }) }
  },
})

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

/**
 * Runs the work of each index in order, a few side by side in each worker; one that goes on from the shot before waits
 * for it.
 * @param workers null is this process.
 */
async function inOrder(
  indices: readonly number[],
  { shots }: Shots,
  workers: readonly (number | null)[],
  work: (index: number, worker: number | null, retire: () => void) => Promise<void>,
): Promise<void> {
  const under = new Map<number, Promise<void>>()
  let free = Array.from({ length: SIDE_BY_SIDE }, () => workers).flat()
  const retired = new Set<number | null>()
  let failure: { error: unknown } | null = null
  for (const index of indices) {
    if (shots[index]?.continues) await under.get(index - 1)
    while (free.length === 0) await Promise.race(under.values())
    if (failure) break
    const worker = free.shift() as number | null
    const retire = () => {
      retired.add(worker)
      free = free.filter((other) => other !== worker)
    }
    const task = work(index, worker, retire)
      .catch((error: unknown) => {
        failure ??= { error }
      })
      .finally(() => {
        under.delete(index)
        if (!retired.has(worker)) free.push(worker)
      })
    under.set(index, task)
  }
  // Shots under way when another fails are finished first: they are kept.
  await Promise.all(under.values())
  if (failure) throw (failure as { error: unknown }).error
}
