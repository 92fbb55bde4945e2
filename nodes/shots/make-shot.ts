import { writeFile } from 'node:fs/promises'
import {
  type FileHandle,
  type Image,
  isCancellation,
  type LoopBody,
  type NodeContext,
  type Rehearsal,
  type Shots,
  type SubGraph,
  type SubGraphs,
  type VideoFile,
} from '@beatloom/core'
import { encodeImage, IMAGE_MIME } from '@beatloom/media'
import { chosenShots } from './chosen-shots.ts'
import { stretchOf } from './each-shot.ts'
import type { Places } from './places.ts'
import { sceneStart } from './scene-view.ts'
import type { ShotBoard } from './shot-board.ts'
import { partsGraph, type ShotParts, shotGraph } from './shot-graph.ts'

/** The inputs of Render shots in which a round ends: the frames of a shot, and what the next one goes on from. */
export const LOOP_ENDS = ['frames', 'state'] as const

/** What Encode shot gives; head and tail only where shots fade into each other. */
export interface EncodedShot {
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
  /** For shots made in this process. */
  places: Places
  /** Another worker that is free for it. */
  worker: number | null
  /** That worker could not make it, or not so that it is of use here. */
  onWorkerFailed(): void
}

/** Makes one shot, or takes it from the cache, and shows how far it is. */
export async function makeShot({
  board,
  context,
  places,
  worker,
  onWorkerFailed,
  ...job
}: ShotJob): Promise<EncodedShot> {
  const { subGraphs } = context
  const { index } = job
  const { graph, name } = await roundOf({ ...job, subGraphs })
  const wasCached = await subGraphs.isCached(graph, name)
  board.set(index, { state: 'running' })
  try {
    if (!wasCached && worker !== null) {
      await context.otherWorkers?.run(worker, { only: String(index + 1) }, ['drafts', 'audio'])
      // It should have left the shot in the cache.
      if (!(await subGraphs.isCached(graph, name))) onWorkerFailed()
    }
    const made = (await places.within(() => subGraphs.run(graph, name))) as unknown as EncodedShot
    const { video, thumb } = made
    const small = await keepThumb(thumb, index, context)
    board.set(index, { state: wasCached ? 'cached' : 'done', file: video.file, thumb: small })
    // What memory or disk did not let the cache keep is made again after a restart: nothing is won.
    if (!wasCached && (await subGraphs.isCached(graph, name))) context.checkpoint()
    return made
  } catch (error) {
    board.set(index, { state: isCancellation(error) ? 'waiting' : 'failed' })
    throw error
  }
}

/** Which shots a run would make. */
export async function missingShots(
  { shots }: { shots: Shots },
  { quality, only }: { quality: number; only: string },
  { subGraphs }: NodeContext,
): Promise<Rehearsal> {
  const body = subGraphs.bodyOf(LOOP_ENDS)
  const wanted = chosenShots(only, shots.shots.length) ?? []
  const missing: number[] = []
  for (const index of wanted) {
    const { graph, name } = await roundOf({ body, shots, index, quality, subGraphs })
    if (!(await subGraphs.isCached(graph, name))) missing.push(index + 1)
  }
  return { start: body.start.id, rounds: wanted.length, missing }
}

async function keepThumb(thumb: Image, index: number, { artifacts }: NodeContext): Promise<FileHandle> {
  const path = await artifacts.scratch('.jpg')
  await writeFile(path, await encodeImage(thumb, { format: 'jpeg', quality: 80 }))
  return artifacts.adopt(path, `shot ${index + 1}.jpg`, IMAGE_MIME.jpeg)
}
