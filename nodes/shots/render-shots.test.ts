import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  AppError,
  type Beats,
  createRegistry,
  defineNode,
  type Frames,
  type Latent,
  parseWorkflow,
  prepareRun,
  type RunEventBody,
  rehearseRun,
  type Shot,
  type Shots,
  type VideoFile,
} from '@beatloom/core'
import { runWorkflow, testHost } from '@beatloom/core/testing'
import { readMp4Facts, readVideoFrames } from '@beatloom/media'
import { handleOf, makeMedia, never } from '@beatloom/media/testing'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { z } from 'zod'
import { loadAudio } from '../audio/load-audio.ts'
import { assemble } from '../video/assemble.ts'
import { shotsNodes } from './index.ts'

const RATE = 24
let folder: string
let files = 0
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'beatloom-shots-'))
  await makeMedia(join(folder, 'song.wav'), '-f', 'lavfi', '-i', 'sine=300:d=4')
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** What was painted, in order: seed, and what it was told of the shot before. */
let painted: string[] = []
/** The seed that fails. */
let failing: number | null = null
beforeEach(() => {
  painted = []
  failing = null
})

const plan = defineNode({
  type: 'test.plan',
  version: 1,
  title: 'Plan',
  description: '',
  category: 'test',
  inputs: {},
  outputs: { shots: { type: 'SHOTS' }, beats: { type: 'BEATS' }, image: { type: 'IMAGE' } },
  params: z.object({
    /** Frame, seed, and whether it goes on. */
    cuts: z.array(z.tuple([z.number(), z.number(), z.boolean()])).default([]),
    fade: z.number().default(0),
    beats: z.array(z.number()).default([0, 1, 2, 3]),
  }),
  run(_inputs, { cuts, beats, fade }) {
    const shots: Shots = { durationSeconds: 4, frameRate: RATE, frameCount: 96, shots: [] }
    shots.shots = cuts.map(([startFrame, seed, continues], i) =>
      shotOf(startFrame, cuts[i + 1]?.[0] ?? 96, seed, continues),
    )
    for (const shot of shots.shots.slice(1)) shot.fadeFrames = fade
    const none = new Float32Array(400)
    const envelopes = { rate: 100, onset: none, bass: none, mid: none, high: none, loudness: none }
    const found: Beats = {
      durationSeconds: 4,
      beats,
      downbeats: [],
      tempoBpm: 60,
      meter: null,
      confidence: 1,
      tempoCandidates: [],
      envelopes,
    }
    return { shots, beats: found, image: { width: 64, height: 36, channels: 3, data: new Uint8Array(64 * 36 * 3) } }
  },
})

function shotOf(startFrame: number, endFrame: number, seed: number, continues: boolean): Shot {
  return {
    ...{ startFrame, endFrame, startSeconds: startFrame / RATE, endSeconds: endFrame / RATE },
    ...{ markSeconds: null, reason: 'hand', section: null, energy: 0, prompt: `seed ${seed}`, picture: 0 },
    ...{ framing: 'wide', seed: String(seed), continues, fadeFrames: 0, locked: false, starred: false },
  }
}

/** Stands for a sampler: remembers its seed and what the shot before ended with. */
const sample = defineNode({
  type: 'test.sample',
  version: 1,
  title: 'Sample',
  description: '',
  category: 'test',
  usesDevice: true,
  inputs: {
    audio: { type: 'AUDIO' },
    beats: { type: 'BEATS' },
    image: { type: 'IMAGE' },
    previous: { type: 'LATENT', optional: true },
  },
  outputs: { latent: { type: 'LATENT' } },
  params: z.object({ seed: z.string().default('0').meta({ widget: 'seed' }) }),
  async run({ audio, previous }, { seed }) {
    if (failing === Number(seed)) throw new AppError('not_enough_memory', 'The card is full.')
    const before = (previous as unknown as { seed: string } | undefined)?.seed ?? 'none'
    painted.push(`${seed} after ${before}`)
    await new Promise((resolve) => setTimeout(resolve, 2))
    return { latent: { seed, seconds: audio.durationSeconds } as unknown as Latent }
  },
})

/** Every frame of a shot is of the grey that its seed says. */
const paint = defineNode({
  type: 'test.paint',
  version: 1,
  title: 'Paint',
  description: '',
  category: 'test',
  inputs: { latent: { type: 'LATENT' } },
  outputs: { frames: { type: 'FRAMES' } },
  params: z.object({
    frameRate: z.number().default(RATE),
    short: z.number().default(0),
    size: z.number().default(64),
  }),
  run({ latent }, { frameRate, short, size }) {
    const { seed, seconds } = latent as unknown as { seed: string; seconds: number }
    const frameCount = Math.round(seconds * frameRate) - short
    const [width, height] = size === 64 ? [64, 36] : [size, size]
    const data = new Uint8Array(width * height * 3).fill(Number(seed))
    const frames: Frames = {
      ...{ width, height, frameRate, frameCount },
      async *frames() {
        for (let i = 0; i < frameCount; i++) yield { width, height, channels: 3, data }
      },
    }
    return { frames }
  },
})

let made: VideoFile | null = null
const keep = defineNode({
  type: 'test.keep',
  version: 1,
  title: 'Keep',
  description: '',
  category: 'test',
  cache: 'never',
  terminal: true,
  inputs: { video: { type: 'VIDEO' } },
  outputs: {},
  params: z.object({}),
  run({ video }) {
    made = video
    return {}
  },
})

const registry = createRegistry([plan, sample, paint, keep, loadAudio, assemble, ...shotsNodes])
type Cut = [frame: number, seed: number, continues: boolean]
const link = (node: string, port: string) => ({ node, port })

interface Options {
  beats?: number[]
  only?: string
  paint?: object
  fade?: number
  /** With an animatic, whose shots stand in for those that are not made. */
  drafts?: boolean
}

function workflow(cuts: Cut[], options: Options = {}) {
  const { beats = [0, 1, 2, 3], only = '', paint = {}, fade = 0, drafts = false } = options
  return {
    beatloom: 1,
    title: 'Shots',
    nodes: {
      song: { type: 'audio.load', version: 1, params: { file: 'song.wav', durationSeconds: 4 } },
      plan: { type: 'test.plan', version: 1, params: { cuts, beats, fade } },
      each: {
        type: 'shots.each',
        version: 1,
        links: {
          shots: link('plan', 'shots'),
          beats: link('plan', 'beats'),
          images: link('plan', 'image'),
          audio: link('song', 'audio'),
        },
      },
      sample: {
        type: 'test.sample',
        version: 1,
        links: {
          audio: link('each', 'audio'),
          beats: link('each', 'beats'),
          image: link('each', 'image'),
          seed: link('each', 'seed'),
          previous: link('each', 'previous'),
        },
      },
      paint: { type: 'test.paint', version: 1, params: paint, links: { latent: link('sample', 'latent') } },
      render: {
        type: 'shots.render',
        version: 1,
        params: { only },
        links: {
          ...{ shots: link('plan', 'shots'), frames: link('paint', 'frames'), state: link('sample', 'latent') },
          ...(drafts ? { drafts: link('animatic', 'clips'), audio: link('song', 'audio') } : {}),
        },
      },
      animatic: {
        type: 'shots.animatic',
        version: 1,
        links: {
          ...{ shots: link('plan', 'shots'), beats: link('plan', 'beats') },
          ...{ images: link('plan', 'image'), audio: link('song', 'audio') },
        },
      },
      assemble: {
        type: 'video.assemble',
        version: 1,
        links: { shots: link('plan', 'shots'), clips: link('render', 'clips'), audio: link('song', 'audio') },
      },
      keep: { type: 'test.keep', version: 1, links: { video: link('assemble', 'video') } },
    },
  }
}

function host() {
  return testHost({
    files: { resolve: async (reference) => handleOf(join(folder, reference)) },
    artifacts: {
      scratch: async (suffix) => join(folder, `${++files}${suffix}`),
      adopt: async (path, name) => ({ ...(await handleOf(path)), name }),
    },
  })
}

const greysOf = async (video: VideoFile): Promise<number[]> => {
  const greys: number[] = []
  for await (const frame of readVideoFrames(video.file.path, {}, never)) greys.push(frame.data[0] as number)
  return greys
}

it('renders every shot of the plan and joins them on their very frames, with the sound under them', async () => {
  const { last } = await runWorkflow(
    workflow([
      [0, 40, false],
      [31, 90, false],
      [70, 200, false],
    ]),
    registry,
    host(),
  )
  expect(last).toMatchObject({ type: 'run.finished' })
  expect(painted.sort()).toEqual(['200 after none', '40 after none', '90 after none'])
  const video = made as VideoFile
  expect(video).toMatchObject({ frameCount: 96, frameRate: RATE, durationSeconds: 4, hasAudio: true })
  const greys = await greysOf(video)
  expect(greys).toHaveLength(96)
  const nearest = greys.map((grey) => [40, 90, 200].find((wanted) => Math.abs(wanted - grey) <= 3))
  expect(nearest).toEqual([...Array(31).fill(40), ...Array(39).fill(90), ...Array(26).fill(200)])
  const { tracks } = await readMp4Facts(video.file.path)
  expect(tracks.map(({ kind, durationSeconds }) => [kind, durationSeconds])).toEqual([
    ['video', 4],
    ['audio', expect.closeTo(4, 1)],
  ])
})

it('samples each shot once for two Render shots on one Each shot', async () => {
  const cuts: Cut[] = [
    [0, 40, false],
    [31, 90, true],
    [70, 200, false],
  ]
  const once = workflow(cuts)
  const { render, assemble, keep } = once.nodes
  const twice = {
    ...once,
    nodes: {
      ...once.nodes,
      coarse: { ...render, params: { ...render.params, quality: 40 } },
      'join coarse': { ...assemble, links: { ...assemble.links, clips: link('coarse', 'clips') } },
      'keep coarse': { ...keep, links: { video: link('join coarse', 'video') } },
    },
  }
  const { last } = await runWorkflow(twice, registry, host())
  expect(last).toMatchObject({ type: 'run.finished' })
  expect(painted.sort()).toEqual(['200 after none', '40 after none', '90 after 40'])
})

it('makes only what changed again: one seed, one cut between two shots, one beat', async () => {
  const own = host()
  const cuts: Cut[] = [
    [0, 1, false],
    [24, 2, false],
    [48, 3, false],
    [72, 4, false],
  ]
  const again = async (next: Cut[], beats?: number[]) => {
    painted = []
    await runWorkflow(workflow(next, beats ? { beats } : {}), registry, own)
    return painted.map((line) => line.split(' ')[0]).sort()
  }
  expect(await again(cuts)).toEqual(['1', '2', '3', '4'])
  expect(await again(cuts)).toEqual([])
  expect(
    await again([
      [0, 1, false],
      [24, 2, false],
      [48, 33, false],
      [72, 4, false],
    ]),
  ).toEqual(['33'])
  expect(
    await again([
      [0, 1, false],
      [25, 2, false],
      [48, 3, false],
      [72, 4, false],
    ]),
  ).toEqual(['1', '2'])
  // The beat at 2 s lies in the third shot and nowhere else.
  expect(await again(cuts, [0, 1, 2.2, 3])).toEqual(['3'])
})

it('keeps the video when another shot is chosen to be tried by itself', async () => {
  const own = host()
  const cuts: Cut[] = [
    [0, 1, false],
    [48, 2, true],
  ]
  const tried = (shot: number) => {
    const whole = workflow(cuts)
    return { ...whole, nodes: { ...whole.nodes, each: { ...whole.nodes.each, params: { shot } } } }
  }
  await runWorkflow(tried(1), registry, own)
  const other = await runWorkflow(tried(2), registry, own)
  expect([other.wasCached('assemble'), other.didRun('render')]).toEqual([true, false])
  const alone = async (shot: number) =>
    (await runWorkflow(tried(shot), registry, own, { nodes: ['sample'] })).didRun('sample')
  painted = []
  expect([await alone(2), await alone(2), painted]).toEqual([true, false, ['2 after none']])
})

it('makes the video anew when another shot is chosen that stands before the loop', async () => {
  const own = host()
  const cuts: Cut[] = [
    [0, 1, false],
    [48, 2, false],
  ]
  const after = (shot: number) => {
    const whole = workflow(cuts)
    const { each } = whole.nodes
    // The loop shows what one shot of the plan shows, whichever is chosen.
    const inner = { ...each, links: { ...each.links, images: [link('first', 'image')] } }
    return { ...whole, nodes: { ...whole.nodes, first: { ...each, params: { shot } }, each: inner } }
  }
  await runWorkflow(after(1), registry, own)
  expect((await runWorkflow(after(1), registry, own)).didRun('render')).toBe(false)
  expect((await runWorkflow(after(2), registry, own)).didRun('render')).toBe(true)
})

it('hands the end of a shot to one that goes on from it, and to no other', async () => {
  const own = host()
  await runWorkflow(
    workflow([
      [0, 5, false],
      [24, 6, true],
      [48, 7, true],
      [72, 8, false],
    ]),
    registry,
    own,
  )
  expect(painted.sort()).toEqual(['5 after none', '6 after 5', '7 after 6', '8 after none'])
  painted = []
  await runWorkflow(
    workflow([
      [0, 5, false],
      [24, 16, true],
      [48, 7, true],
      [72, 8, false],
    ]),
    registry,
    own,
  )
  expect(painted.sort()).toEqual(['16 after 5', '7 after 16'])
})

it('keeps the finished shots when one fails, and says which node failed and why', async () => {
  const own = host()
  const cuts: Cut[] = [
    [0, 1, false],
    [24, 2, false],
    [48, 3, false],
    [72, 4, false],
  ]
  failing = 3
  const { last } = await runWorkflow(workflow(cuts), registry, own)
  expect(last).toMatchObject({ type: 'run.failed', error: { code: 'not_enough_memory', node: 'sample' } })
  failing = null
  painted = []
  await runWorkflow(workflow(cuts), registry, own)
  expect(painted.map((line) => line.split(' ')[0])).toEqual(expect.arrayContaining(['3']))
  expect(painted).not.toContain('1 after none')
  expect(painted).not.toContain('2 after none')
})

it('shows the shots one after the other as they are finished', async () => {
  const { events } = await runWorkflow(
    workflow([
      [0, 1, false],
      [48, 2, false],
    ]),
    registry,
    host(),
  )
  const boards = events.flatMap((event) =>
    event.type === 'node.display' && event.node === 'render'
      ? event.items.filter((item) => item.kind === 'shot-clips')
      : [],
  )
  expect(boards.at(-1)).toMatchObject({
    clips: [
      { startSeconds: 0, endSeconds: 2, state: 'done', file: { name: 'shot.mp4' }, thumb: { name: 'shot 1.jpg' } },
      { startSeconds: 2, endSeconds: 4, state: 'done' },
    ],
  })
  // What is repeated is told of the nodes of the workflow, with how often they ran.
  for (const node of ['each', 'sample', 'paint']) {
    expect(events.findLast((event) => event.type === 'node.finished' && event.node === node)).toMatchObject({
      times: 2,
    })
  }
  const steps = events.flatMap((event) =>
    event.type === 'node.progress' && event.node === 'render' ? [event.step] : [],
  )
  expect(steps.at(-1)).toBe(2)
})

it('refuses frames of another rate, and names the node that mends it', async () => {
  const { last } = await runWorkflow(workflow([[0, 1, false]], { paint: { frameRate: 16 } }), registry, host())
  expect(last).toMatchObject({
    type: 'run.failed',
    error: { code: 'input_invalid', node: 'render', message: expect.stringContaining('Change frame rate') },
  })
})

it('holds the last frame where a model makes a few too few, and refuses more than that', async () => {
  const { last } = await runWorkflow(workflow([[0, 1, false]], { paint: { short: 2 } }), registry, host())
  expect(last.type).toBe('run.finished')
  expect(await greysOf(made as VideoFile)).toHaveLength(96)
  const failed = await runWorkflow(workflow([[0, 1, false]], { paint: { short: 9 } }), registry, host())
  expect(failed.last).toMatchObject({ type: 'run.failed', error: { code: 'input_invalid' } })
})

it('renders the chosen shots alone, which Assemble then refuses to take for the whole plan', async () => {
  const { last } = await runWorkflow(
    workflow(
      [
        [0, 1, false],
        [24, 2, false],
        [48, 3, false],
      ],
      { only: '2' },
    ),
    registry,
    host(),
  )
  expect(painted).toEqual(['2 after none'])
  expect(last).toMatchObject({ type: 'run.failed', error: { code: 'input_invalid', node: 'assemble' } })
})

it('lets a shot fade into the next over exactly the frames that the plan says', async () => {
  const { last } = await runWorkflow(
    workflow(
      [
        [0, 40, false],
        [48, 200, false],
      ],
      { fade: 7 },
    ),
    registry,
    host(),
  )
  expect(last.type).toBe('run.finished')
  const greys = await greysOf(made as VideoFile)
  expect(greys).toHaveLength(96)
  const wanted = greys.map((_, i) => (i < 48 ? 40 : i < 55 ? 40 + (160 * (i - 47)) / 8 : 200))
  for (const [i, grey] of greys.entries())
    expect(Math.abs(grey - (wanted[i] as number)), `frame ${i}`).toBeLessThanOrEqual(4)
})

/** The small videos of the whole plan that Render shots showed, one after the other. */
const roughCuts = (events: readonly RunEventBody[]) =>
  events.flatMap((event) =>
    event.type === 'node.display' && event.node === 'render'
      ? [event.items.find((item) => item.kind === 'video') ?? null]
      : [],
  )

it('leaves a complete small video when a shot fails: finished shots, drafts for the rest, the sound under them', async () => {
  failing = 3
  const cuts: Cut[] = [
    [0, 100, false],
    [24, 150, false],
    [48, 3, false],
    [72, 200, false],
  ]
  const { events, last } = await runWorkflow(workflow(cuts, { drafts: true }), registry, host())
  expect(last.type).toBe('run.failed')
  const left = roughCuts(events).at(-1)
  expect(left).toMatchObject({ frameCount: 96, frameRate: RATE, durationSeconds: 4 })
  const file = left?.kind === 'video' ? left.file.path : ''
  const greys: number[] = []
  for await (const frame of readVideoFrames(file, {}, never)) greys.push(frame.data[0] as number)
  // Drafts show the black picture; the first shots were finished before the third failed.
  expect(greys).toHaveLength(96)
  expect(Math.abs((greys[10] as number) - 100)).toBeLessThan(8)
  expect(greys[60]).toBeLessThan(30)
  expect((await readMp4Facts(file)).tracks.map((track) => track.kind)).toEqual(['video', 'audio'])
})

it('shows the small video anew while shots are finished, and takes it back when all are there', async () => {
  const cuts = Array.from({ length: 8 }, (_, i): Cut => [i * 12, 50 + i, false])
  const { events, last } = await runWorkflow(workflow(cuts, { drafts: true }), registry, host())
  expect(last.type).toBe('run.finished')
  const shown = roughCuts(events)
  expect(new Set(shown.flatMap((item) => (item?.kind === 'video' ? [item.file.sha256] : []))).size).toBe(3)
  expect(shown.at(-1)).toBeNull()
})

it('says before a run which shots it would make, and makes none to find out', async () => {
  const own = host()
  const cuts: Cut[] = [
    [0, 1, false],
    [24, 2, true],
    [48, 3, false],
    [72, 4, false],
  ]
  const missing = async (next: Cut[], options: Options = {}): Promise<unknown> => {
    const fileFacts = async () => ({ durationSeconds: 4, sampleRate: 44_100, channels: 1 })
    const asked = { registry, host: own, fileFacts }
    const { prepared, facts } = await prepareRun(parseWorkflow(workflow(next, options)), asked)
    painted = []
    const found = prepared && (await rehearseRun(prepared, own, facts, never))
    expect(painted).toEqual([])
    return found?.['render']
  }
  expect(await missing(cuts)).toEqual({ start: 'each', rounds: 4, missing: [1, 2, 3, 4] })
  await runWorkflow(workflow(cuts), registry, own)
  // All of it is cached, so that there is nothing to rehearse.
  expect(await missing(cuts)).toBeUndefined()
  const edited = cuts.with(2, [48, 33, false])
  expect(await missing(edited)).toEqual({ start: 'each', rounds: 4, missing: [3] })
  // The second goes on from the first.
  expect(await missing(cuts.with(0, [0, 11, false]))).toEqual({ start: 'each', rounds: 4, missing: [1, 2] })
  expect(await missing(edited, { only: '1-2' })).toEqual({ start: 'each', rounds: 2, missing: [] })
})

it('takes nodes of the workflow for what they are, whatever they are called', async () => {
  const named = workflow([
    [0, 1, false],
    [48, 2, false],
  ])
  // What lies outside of the loop has the names that its rounds could think of.
  const nodes = named.nodes as Record<string, { links?: Record<string, unknown> }>
  for (const [odd, old] of [
    ['~given 0 beats', 'plan'],
    ['encode', 'song'],
  ] as const) {
    nodes[odd] = nodes[old] as { links?: Record<string, unknown> }
    delete nodes[old]
    for (const node of Object.values(nodes)) {
      for (const [input, value] of Object.entries(node.links ?? {})) {
        const { node: source, port } = value as { node: string; port: string }
        if (source === old) node.links = { ...node.links, [input]: { node: odd, port } }
      }
    }
  }
  nodes['sample']!.links = { ...nodes['sample']!.links, image: { node: '~given 0 beats', port: 'image' } }
  const { last } = await runWorkflow(named, registry, host())
  expect(last).toMatchObject({ type: 'run.finished' })
  expect(painted.sort()).toEqual(['1 after none', '2 after none'])
})

it('keeps a failed node failed, and tells the last state of every shot', async () => {
  failing = 2
  const { events } = await runWorkflow(
    workflow([
      [0, 1, false],
      [24, 2, false],
      [48, 3, false],
      [72, 4, false],
    ]),
    registry,
    host(),
  )
  const spoken = events.filter((event) => 'node' in event && event.node === 'sample').map((event) => event.type)
  expect(spoken.slice(spoken.indexOf('node.failed') + 1)).toEqual([])
  const boards = events.flatMap((event) =>
    event.type === 'node.display' && event.node === 'render'
      ? event.items.filter((item) => item.kind === 'shot-clips')
      : [],
  )
  const states = boards.at(-1)?.clips.map((clip) => clip.state)
  expect(states?.[1]).toBe('failed')
  expect(states).not.toContain('running')
  expect(states?.[3]).toBe('waiting')
})

it('makes the video even where drafts cannot be joined with finished shots', async () => {
  const broken = workflow(
    [
      [0, 1, false],
      [48, 2, false],
    ],
    { drafts: true },
  )
  // Silent videos of the right number that are far too small for a copy to be made.
  broken.nodes.render.links.drafts = link('render-too', 'clips')
  const nodes = broken.nodes as Record<string, unknown>
  nodes['render-too'] = {
    ...broken.nodes.render,
    links: { shots: link('plan', 'shots'), frames: link('tiny', 'frames') },
  }
  nodes['tiny'] = { type: 'test.paint', version: 1, params: { size: 8 }, links: { latent: link('sample', 'latent') } }
  const { last, events } = await runWorkflow(broken, registry, host())
  expect(last.type).toBe('run.finished')
  expect(roughCuts(events).filter(Boolean)).toEqual([])
})
