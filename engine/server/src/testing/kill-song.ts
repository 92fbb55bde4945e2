import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createRegistry, isTerminalEvent, type Registry } from '@beatloom/core'
import { readVideoFrames } from '@beatloom/media'
import { allNodes } from '@beatloom/nodes'
import { call, startServer } from './processes.ts'

interface Event {
  seq: number
  type: string
  node?: string
  outputs?: { name: string; file?: { url: string; sha256: string } }[]
  items?: { kind: string; shots?: unknown[] }[]
}

type Server = Awaited<ReturnType<typeof startServer>>

/** The product's own nodes, and the sample song in shots that no model makes; masks of a list of pictures frame them. */
const ENV = { NODE_ENV: 'production' }
const link = (node: string, port: string) => ({ node, port })

export const PULSED_SONG = {
  beatloom: 1,
  title: 'Pulsed song',
  outputs: { video: { node: 'assemble', port: 'video' } },
  nodes: {
    pictures: { type: 'image.load-several', version: 1, params: { files: ['samples/cover.jpg'] } },
    masks: { type: 'mask.from-image', version: 1, links: { image: link('pictures', 'images') } },
    song: { type: 'audio.load', version: 1, params: { file: 'samples/song.mp3', durationSeconds: 0 } },
    beats: { type: 'beats.detect', version: 1, links: { audio: link('song', 'audio') } },
    plan: {
      type: 'shots.plan',
      version: 1,
      params: { pace: 'fast' },
      links: { beats: link('beats', 'beats'), audio: link('song', 'audio') },
    },
    each: {
      type: 'shots.each',
      version: 1,
      links: {
        shots: link('plan', 'shots'),
        audio: link('song', 'audio'),
        beats: link('beats', 'beats'),
        images: [link('pictures', 'images')],
        masks: [link('masks', 'mask')],
      },
    },
    curve: { type: 'curve.from-beats', version: 1, links: { beats: link('each', 'beats') } },
    pulse: {
      type: 'frames.pulse',
      version: 1,
      params: { resolution: '480p' },
      links: { image: link('each', 'image'), audio: link('each', 'audio'), zoom: link('curve', 'curve') },
    },
    render: {
      type: 'shots.render',
      version: 1,
      links: { shots: link('plan', 'shots'), frames: link('pulse', 'frames') },
    },
    assemble: {
      type: 'video.assemble',
      version: 1,
      links: { shots: link('plan', 'shots'), clips: link('render', 'clips'), audio: link('song', 'audio') },
    },
  },
}

export interface SongRun {
  /** SHA-256 over every decoded frame. */
  frames: string
  frameCount: number
  shots: number
  /** Shots that were encoded, counting again those that were encoded again. */
  rendered: number
  resumed: number
}

/** A workflow with the versions that its node types have today. */
export function productVersions<T extends { nodes: Record<string, { type: string; version: number }> }>(
  workflow: T,
  registry: Registry,
): T {
  const copy = structuredClone(workflow)
  for (const node of Object.values(copy.nodes)) node.version = registry.get(node.type)?.version ?? node.version
  return copy
}

export interface Kill {
  /** Milliseconds since the run began, or began again. */
  afterMs: number
  /** `helper`: a worker beside the worker. */
  who: 'worker' | 'server' | 'helper'
}

/**
 * Makes the song on a data folder of its own, and kills the worker or the whole server after each of some times.
 * @param workers how many there are in all.
 */
export async function makeSong(data: string, kills: readonly Kill[], workers = 1): Promise<SongRun> {
  const env = { ...ENV, BEATLOOM_WORKERS: String(workers) }
  let server: Server = await startServer(data, env)
  const workflow = productVersions(PULSED_SONG, createRegistry(allNodes))
  const { run } = await call<{ run: { id: string } }>(server.url, 'POST', '/runs', { workflow })
  const eventsOf = async (): Promise<Event[]> =>
    (await call<{ events: Event[] }>(server.url, 'GET', `/runs/${run.id}/events`)).events
  for (const { afterMs, who } of kills) {
    await new Promise((resolve) => setTimeout(resolve, afterMs))
    if ((await eventsOf()).some(isTerminalEvent)) break
    if (who === 'server') {
      server.child.kill('SIGKILL')
      await server.ended
      server = await startServer(data, env)
    } else if (who === 'worker') for (const pid of workersOf(server.child.pid)) process.kill(pid, 'SIGKILL')
    else process.kill(await untilHelper(server.child.pid), 'SIGKILL')
  }
  for (;;) {
    const events = await eventsOf()
    const last = events.find(isTerminalEvent)
    if (last && last.type !== 'run.finished') throw new Error(`The run ended so: ${JSON.stringify(last)}`)
    if (last) {
      const file = last.outputs?.[0]?.file
      const plan = events.flatMap((event) => event.items ?? []).find((item) => item.kind === 'shots')
      return {
        ...(await decoded(server.url, file as { url: string; sha256: string }, data)),
        shots: plan?.shots?.length ?? 0,
        rendered: events.filter((event) => event.type === 'run.checkpoint').length,
        resumed: events.filter((event) => event.type === 'run.resumed').length,
      }
    }
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

async function decoded(url: string, file: { url: string; sha256: string }, data: string) {
  const response = await fetch(new URL(file.url, url))
  const path = join(data, `${file.sha256}.mp4`)
  await writeFile(path, new Uint8Array(await response.arrayBuffer()))
  const hash = createHash('sha256')
  let frameCount = 0
  for await (const frame of readVideoFrames(path, {}, new AbortController().signal)) {
    hash.update(frame.data)
    frameCount++
  }
  return { frames: hash.digest('hex'), frameCount }
}

/** Waits until a worker has another one beside it. */
async function untilHelper(server: number | undefined): Promise<number> {
  let before: number[] = []
  for (;;) {
    const now = workersOf(server).flatMap(workersOf)
    // Whatever a worker starts looks like itself for a moment.
    const helper = now.find((pid) => before.includes(pid))
    if (helper !== undefined) return helper
    before = now
    await new Promise((resolve) => setTimeout(resolve, 300))
  }
}

/** The worker processes that a server, or a worker, has started. */
function workersOf(owner: number | undefined): number[] {
  const table = execFileSync('ps', ['-eo', 'pid=,ppid=,args='], { encoding: 'utf8', maxBuffer: 1 << 24 })
  return table.split('\n').flatMap((line) => {
    const [pid, parent] = line.trim().split(/\s+/).map(Number)
    return parent === owner && line.includes('worker/main') ? [pid as number] : []
  })
}
