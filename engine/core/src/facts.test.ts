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
  params: z.object({ seconds: z.number().default(1) }),
  facts: (_inputs, { seconds }) => ({ audio: { durationSeconds: seconds } }),
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
const registry = createRegistry([clip, fileClip, retime, join, sound, save, number, surprise, bend] as NodeDefinition[])
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

  it('are remarked on where picture and sound of a saved video differ by more than a frame', async () => {
    const saved = (seconds: number) => ({
      clip: { type: 'test.clip', params: { frameRate: 25, seconds: 2 } },
      sound: { type: 'test.sound', params: { seconds } },
      save: { type: 'test.save', links: { frames: link('clip'), audio: link('sound', 'audio') } },
    })
    const { issues, runs } = await prepared(saved(3))
    expect(runs).toBe(true)
    expect(issues).toMatchObject([{ severity: 'warning', code: 'clock_mismatch', node: 'save', port: 'audio' }])
    expect(issues[0]?.message).toContain('lasts 2 s and the sound 3 s')
    expect((await prepared(saved(2.04))).issues).toEqual([])
  })
})
