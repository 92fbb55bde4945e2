import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { createRegistry, defineNode, type NodeDefinition } from './node-definition.ts'
import { prepareRun } from './prepare.ts'
import { testHost } from './testing.ts'
import { clipFacts } from './value-facts.ts'
import type { Frames } from './values.ts'
import { parseWorkflow } from './workflow.ts'

const about = { version: 1, description: 'For a test.', category: 'Test' } as const
const noFrames = (): Frames => ({ width: 2, height: 2, frameRate: 1, frameCount: 1, frames: async function* () {} })

const clip = defineNode({
  ...about,
  type: 'test.clip',
  title: 'Clip',
  inputs: {},
  outputs: { frames: { type: 'FRAMES' } },
  params: z.object({
    frameRate: z.number().default(30),
    seconds: z.number().default(0),
  }),
  facts: (_inputs, { frameRate, seconds }) => ({
    frames: clipFacts({ frameRate, ...(seconds ? { durationSeconds: seconds } : {}) }),
  }),
  run: () => ({ frames: noFrames() }),
})
const fileClip = defineNode({
  ...clip,
  type: 'test.file-clip',
  params: clip.params.extend({ file: z.string().default('').meta({ widget: 'file' }) }),
  facts: (_inputs, { frameRate, seconds }, { file }) => ({
    frames: clipFacts({ ...file, frameRate, ...(seconds ? { durationSeconds: seconds } : {}) }),
  }),
})
const retime = defineNode({
  ...about,
  type: 'test.retime',
  title: 'Change the rate',
  retimes: true,
  inputs: { frames: { type: 'FRAMES' } },
  outputs: { frames: { type: 'FRAMES' } },
  passThrough: { frames: 'frames' },
  params: z.object({ frameRate: z.number().default(30) }),
  facts: ({ frames }, { frameRate }) => ({
    frames: { ...frames, ...clipFacts({ frameRate, durationSeconds: frames?.durationSeconds ?? 1 }) },
  }),
  run: ({ frames }) => ({ frames }),
})
const join = defineNode({
  ...about,
  type: 'test.join',
  title: 'Join',
  inputs: { a: { type: 'FRAMES' }, b: { type: 'FRAMES' } },
  outputs: { frames: { type: 'FRAMES' } },
  params: z.object({}),
  run: ({ a }) => ({ frames: a }),
})
const sound = defineNode({
  ...about,
  type: 'test.sound',
  title: 'Sound',
  inputs: {},
  outputs: { audio: { type: 'AUDIO' } },
  params: z.object({ seconds: z.number().default(1), error: z.number().default(0) }),
  facts: (_inputs, { seconds, error }) => ({ audio: { durationSeconds: seconds, durationErrorSeconds: error } }),
  run: () => {
    throw new Error('No sound in this test.')
  },
})
const save = defineNode({
  ...about,
  type: 'test.save',
  title: 'Save',
  inputs: { frames: { type: 'FRAMES' }, audio: { type: 'AUDIO', optional: true } },
  outputs: {},
  params: z.object({}),
  terminal: true,
  run: () => ({}),
})
const number = defineNode({
  ...about,
  type: 'test.number',
  title: 'Number',
  inputs: {},
  outputs: { number: { type: 'NUMBER' } },
  params: z.object({ value: z.number().default(0) }),
  facts: (_inputs, { value }) => ({ number: { value } }),
  run: (_inputs, { value }) => ({ number: value }),
})
/** A number that only a run can tell. */
const surprise = defineNode({ ...number, type: 'test.surprise', facts: () => ({}) })
const bend = defineNode({
  ...about,
  type: 'test.bend',
  title: 'Bend',
  inputs: { in: { type: 'ANY' } },
  outputs: { out: { type: 'ANY' } },
  params: z.object({}),
  transparent: true,
  passThrough: { out: 'in' },
  run: ({ in: value }) => ({ out: value }),
})
const fit = defineNode({
  ...about,
  type: 'test.fit',
  title: 'Fit the sound',
  fitsSound: true,
  inputs: { audio: { type: 'AUDIO' }, frames: { type: 'FRAMES', optional: true } },
  outputs: { audio: { type: 'AUDIO' } },
  params: z.object({}),
  facts: ({ frames }) => ({ audio: { durationSeconds: frames?.durationSeconds ?? 1 } }),
  run: ({ audio }) => ({ audio }),
})
const fails = () => {
  throw new Error('Nothing runs in this test.')
}
const music = defineNode({
  ...about,
  type: 'test.music',
  title: 'Music',
  converter: true,
  inputs: { audio: { type: 'AUDIO' } },
  outputs: { beats: { type: 'BEATS' }, shots: { type: 'SHOTS' } },
  params: z.object({}),
  facts: ({ audio }) => ({
    beats: { durationSeconds: audio?.durationSeconds as number },
    shots: { ...clipFacts({ frameRate: 24, durationSeconds: audio?.durationSeconds as number }), ...audio },
  }),
  run: fails,
})
const cut = defineNode({
  ...about,
  type: 'test.cut',
  title: 'Cut',
  inputs: {
    audio: { type: 'AUDIO' },
    beats: { type: 'BEATS', optional: true },
    shots: { type: 'SHOTS', optional: true },
  },
  outputs: {},
  params: z.object({}),
  terminal: true,
  run: () => ({}),
})
const film = defineNode({
  ...about,
  type: 'test.film',
  title: 'Film',
  inputs: { frames: { type: 'FRAMES' } },
  outputs: { video: { type: 'VIDEO' } },
  params: z.object({}),
  facts: ({ frames }) => ({ video: frames }),
  run: fails,
})
const films = defineNode({ ...film, type: 'test.films', outputs: { video: { type: 'VIDEO', list: true } }, run: fails })
const assemble = defineNode({
  ...about,
  type: 'test.assemble',
  title: 'Assemble',
  inputs: {
    shots: { type: 'SHOTS' },
    frames: { type: 'FRAMES', lazy: true },
    clips: { type: 'VIDEO', list: true },
  },
  outputs: {},
  params: z.object({}),
  terminal: true,
  run: () => ({}),
})
const render = defineNode({
  ...about,
  outputs: {},
  params: z.object({}),
  terminal: true,
  type: 'test.render',
  title: 'Render',
  inputs: { shots: { type: 'SHOTS' }, frames: { type: 'FRAMES', lazy: true }, clips: { type: 'ANY', list: true } },
  run: () => ({}),
})
const parts = [fit, music, cut, film, films, assemble, render]
const registry = createRegistry([
  clip,
  fileClip,
  retime,
  join,
  sound,
  save,
  number,
  surprise,
  bend,
  ...parts,
] as NodeDefinition[])
const link = (node: string, port = 'frames') => ({ node, port })

async function prepared(nodes: Record<string, unknown>, host = testHost()) {
  const fileFacts = async (reference: string) => {
    if (reference === 'broken.mp4') throw new Error('This file cannot be read.')
    return { width: 64, height: 36 }
  }
  const files = { resolve: async (name: string) => ({ path: name, name, sha256: '0'.repeat(64) }) }
  const options = { registry, host: { ...host, files }, fileFacts }
  const { facts, issues, prepared } = await prepareRun(parseWorkflow({ beatloom: 1, nodes }), options)
  return { facts: Object.fromEntries(facts), issues, runs: prepared !== null }
}

describe('T3: facts before a run', () => {
  it('come from params and files, and follow the links', async () => {
    const { facts } = await prepared({
      clip: { type: 'test.file-clip', params: { file: 'a.mp4', frameRate: 24, seconds: 2 } },
      retime: { type: 'test.retime', params: { frameRate: 30 }, links: { frames: link('clip') } },
      save: { type: 'test.save', links: { frames: link('retime') } },
    })
    const size = { width: 64, height: 36 }
    expect(facts).toEqual({
      clip: { frames: { ...size, frameRate: 24, frameCount: 48, durationSeconds: 2 } },
      retime: { frames: { ...size, frameRate: 30, frameCount: 60, durationSeconds: 2 } },
    })
  })

  it('are absent where nothing is known: no length, a file that cannot be read', async () => {
    const { facts } = await prepared({
      clip: { type: 'test.file-clip', params: { file: 'broken.mp4', frameRate: 25 } },
      save: { type: 'test.save', links: { frames: link('clip') } },
    })
    expect(facts).toEqual({ clip: { frames: { frameRate: 25 } } })
  })

  it('pass through reroutes and bypassed nodes', async () => {
    const { facts } = await prepared({
      clip: { type: 'test.clip', params: { frameRate: 24, seconds: 1 } },
      bend: { type: 'test.bend', links: { in: link('clip') } },
      retime: { type: 'test.retime', mode: 'bypass', links: { frames: link('bend', 'out') } },
      save: { type: 'test.save', links: { frames: link('retime') } },
    })
    const clipAt24 = { frameRate: 24, frameCount: 24, durationSeconds: 1 }
    expect(facts).toMatchObject({ bend: { out: clipAt24 }, retime: { frames: clipAt24 } })
  })

  it('reckon with a value that a link brings, and wait for one that only the run knows', async () => {
    const graph = (type: string) => ({
      value: { type, params: { value: 12 } },
      clip: { type: 'test.clip', params: { seconds: 1 }, links: { frameRate: link('value', 'number') } },
      save: { type: 'test.save', links: { frames: link('clip') } },
    })
    expect((await prepared(graph('test.number'))).facts.clip).toMatchObject({
      frames: { frameRate: 12, frameCount: 12 },
    })
    expect((await prepared(graph('test.surprise'))).facts.clip).toBeUndefined()
  })

  it('are told of a graph that cannot run yet', async () => {
    const { facts, runs } = await prepared({
      clip: { type: 'test.clip', params: { frameRate: 24 } },
      save: { type: 'test.save' },
    })
    expect(runs).toBe(false)
    expect(facts).toEqual({ clip: { frames: { frameRate: 24 } } })
  })
})

describe('T3: clocks that do not go together', () => {
  const joined = (second: number, between: Record<string, unknown> = {}) => ({
    a: { type: 'test.clip', params: { frameRate: 24 } },
    b: { type: 'test.clip', params: { frameRate: second } },
    ...between,
    join: { type: 'test.join', links: { a: link('a'), b: link(Object.keys(between)[0] ?? 'b') } },
    save: { type: 'test.save', links: { frames: link('join') } },
  })

  it('are refused with both rates and the node that mends it', async () => {
    const { issues, runs } = await prepared(joined(29.97))
    expect(runs).toBe(false)
    expect(issues).toEqual([
      {
        severity: 'error',
        code: 'clock_mismatch',
        message:
          'Frames at 24 fps and frames at 29.97 fps meet at node "join" (Join); give one the rate of the other with "Change the rate".',
        node: 'join',
        port: 'b',
        valid: ['test.retime'],
      },
    ])
  })

  it('go together after that node, and when the rates are equal', async () => {
    const mended = { mend: { type: 'test.retime', params: { frameRate: 24 }, links: { frames: link('b') } } }
    expect(await prepared(joined(30, mended))).toMatchObject({ issues: [], runs: true })
    expect(await prepared(joined(24))).toMatchObject({ issues: [], runs: true })
  })

  const saved = (seconds: number, error = 0) => ({
    clip: { type: 'test.clip', params: { frameRate: 25, seconds: 2 } },
    sound: { type: 'test.sound', params: { seconds, error } },
    save: { type: 'test.save', links: { frames: link('clip'), audio: link('sound', 'audio') } },
  })

  it('are refused where picture and sound of a saved video differ by more than a frame, with what mends it', async () => {
    const { issues, runs } = await prepared(saved(3))
    expect(runs).toBe(false)
    expect(issues).toEqual([
      {
        severity: 'error',
        code: 'clock_mismatch',
        message:
          'The picture at node "save" (Save) lasts 2 s and the sound 3 s; they may differ by one frame at most; give the sound the same length with "Fit the sound".',
        node: 'save',
        port: 'audio',
        valid: ['test.fit'],
      },
    ])
    expect(await prepared(saved(2.04))).toMatchObject({ issues: [], runs: true })
    expect(await prepared(saved(1.96))).toMatchObject({ issues: [], runs: true })
    expect((await prepared(saved(2.041))).runs).toBe(false)
  })

  it('are remarked on where the difference may come from a file header, and left alone where it is a guess', async () => {
    const { issues, runs } = await prepared(saved(2.1, 0.15))
    expect(runs).toBe(true)
    expect(issues).toMatchObject([{ severity: 'warning', code: 'clock_mismatch', node: 'save', port: 'audio' }])
    expect((await prepared(saved(2.3, 0.15))).runs).toBe(false)
    expect(await prepared(saved(3, 2))).toMatchObject({ issues: [], runs: true })
  })

  it('go together after the node that fits one to the other, whatever meets at that node', async () => {
    const { save, ...rest } = saved(3)
    const fit = { type: 'test.fit', links: { audio: link('sound', 'audio'), frames: link('clip') } }
    const links = { frames: link('clip'), audio: link('fit', 'audio') }
    expect(await prepared({ ...rest, fit, save: { ...save, links } })).toMatchObject({ issues: [], runs: true })
  })

  it('are refused where beats or a plan are of another sound', async () => {
    const at = (seconds: number, of: 'beats' | 'shots', to = 'cut') => ({
      one: { type: 'test.sound', params: { seconds: 8 } },
      other: { type: 'test.sound', params: { seconds } },
      music: { type: 'test.music', links: { audio: link('other', 'audio') } },
      cut: { type: `test.${to}`, links: { audio: link('one', 'audio'), [of]: link('music', of) } },
    })
    const of = async (...args: Parameters<typeof at>) => (await prepared(at(...args))).issues.map((i) => i.message)
    expect(await of(8, 'beats')).toEqual([])
    expect(await of(8.04, 'shots')).toEqual([])
    expect(await of(9, 'beats')).toEqual([
      'The audio at node "cut" (Cut) lasts 8 s and its beats are of 9 s of sound; find those of this very sound with "Music".',
    ])
    expect(await of(9, 'shots')).toEqual([
      'The plan at node "cut" (Cut) is of 9 s of sound and its audio lasts 8 s; link the sound that it was made of; give the sound the same length with "Fit the sound".',
    ])
  })

  it('are refused where frames or videos do not keep to their plan', async () => {
    const at = (frameRate: number, seconds: number, to: 'render' | 'assemble', between: object = {}) => ({
      one: { type: 'test.sound', params: { seconds: 8 } },
      music: { type: 'test.music', links: { audio: link('one', 'audio') } },
      clip: { type: 'test.clip', params: { frameRate, seconds } },
      video: { type: 'test.film', links: { frames: link('clip') }, ...between },
      end: {
        type: `test.${to}`,
        links: { shots: link('music', 'shots'), frames: link('clip'), clips: [link('video', 'video')] },
      },
    })
    const of = async (...args: Parameters<typeof at>) => (await prepared(at(...args))).issues.map((i) => i.message)
    expect(await of(24, 2, 'render')).toEqual([])
    expect(await of(30, 2, 'render')).toEqual([
      'The plan at node "end" (Render) is for 24 fps and its pictures come at 30 fps; give them its rate with "Change the rate".',
    ])
    expect(await of(24, 8, 'assemble')).toEqual([])
    expect(await of(24, 7, 'assemble')).toEqual([
      'The plan at node "end" (Assemble) lasts 8 s and the videos linked 7 s in all; link every shot of this very plan.',
    ])
    // How many videos a list holds only the run knows.
    expect(await of(24, 7, 'assemble', { type: 'test.films' })).toEqual([])
  })
})
