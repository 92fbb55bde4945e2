/** Small nodes for tests of the server: they count, wait, fail, crash and write files. */
import { appendFileSync, existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { AppError, defineNode, type NodeDefinition, type VideoFile } from '@beatloom/core'
import { z } from 'zod'

const about = { description: 'For tests.', category: 'Test' }

export const number = defineNode({
  ...about,
  type: 'test.number',
  version: 1,
  title: 'Number',
  inputs: {},
  outputs: { value: { type: 'NUMBER' } },
  params: z.object({
    value: z.number().min(0).max(100).default(1).describe('The number'),
    word: z.enum(['low', 'high']).default('low').describe('A word'),
    enabled: z.boolean().default(true).describe('A switch'),
  }),
  run: (_inputs, { value }) => ({ value }),
})

export const addOne = defineNode({
  ...about,
  type: 'test.add-one',
  version: 1,
  title: 'Add one',
  inputs: { value: { type: 'NUMBER' } },
  outputs: { value: { type: 'NUMBER' } },
  params: z.object({}),
  run: ({ value }) => ({ value: value + 1 }),
})

/** Says that it needs more of the disk than there is anywhere. */
const vast = defineNode({
  ...about,
  type: 'test.vast',
  version: 1,
  title: 'Vast',
  inputs: {},
  outputs: { value: { type: 'NUMBER' } },
  params: z.object({}),
  cost: () => ({ work: 0.1, diskBytes: 1e18 }),
  run: () => ({ value: 1 }),
})

/** Ten steps; stops when asked to, unless it is stubborn. Notes each start in a file, for counting. */
export const sleep = defineNode({
  ...about,
  type: 'test.sleep',
  version: 1,
  title: 'Sleep',
  phase: 'generate',
  inputs: { value: { type: 'NUMBER', optional: true } },
  outputs: { value: { type: 'NUMBER' } },
  params: z.object({
    milliseconds: z.number().default(100),
    stubborn: z.boolean().default(false),
    log: z.string().default(''),
  }),
  async run({ value }, { milliseconds, stubborn, log }, { signal, progress, preview }) {
    if (log) appendFileSync(log, 'started\n')
    for (let step = 1; step <= 10; step++) {
      await new Promise((resolve) => setTimeout(resolve, milliseconds / 10))
      if (!stubborn) signal.throwIfAborted()
      progress(step, 10)
      preview({ mime: 'image/png', bytes: new Uint8Array([step]) })
    }
    return { value: value ?? 0 }
  },
})

export const fail = defineNode({
  ...about,
  type: 'test.fail',
  version: 1,
  title: 'Fail',
  inputs: { value: { type: 'NUMBER' } },
  outputs: { value: { type: 'NUMBER' } },
  params: z.object({}),
  run: (): { value: number } => {
    throw new AppError('media_unreadable', `Cannot read ${process.cwd()}/secret.png.`)
  },
})

/** Throws what no code was given to, as a node of someone's own may. */
export const stumble = defineNode({
  ...about,
  type: 'test.stumble',
  version: 1,
  title: 'Stumble',
  inputs: {},
  outputs: { value: { type: 'NUMBER' } },
  params: z.object({}),
  run: (): { value: number } => {
    throw new RangeError('The seventh step is missing.')
  },
})

/** Takes its process along until the file `calm` exists. */
export const crash = defineNode({
  ...about,
  type: 'test.crash',
  version: 1,
  title: 'Crash',
  inputs: {},
  outputs: { value: { type: 'NUMBER' } },
  params: z.object({ log: z.string(), calm: z.string().default('') }),
  async run(_inputs, { log, calm }) {
    if (!existsSync(calm)) {
      appendFileSync(log, 'crashed\n')
      process.kill(process.pid, 'SIGKILL')
      await new Promise(() => {})
    }
    return { value: 7 }
  },
})

export const saveText = defineNode({
  ...about,
  type: 'test.save',
  version: 1,
  title: 'Save',
  inputs: { value: { type: 'NUMBER' } },
  outputs: { file: { type: 'VIDEO' } },
  params: z.object({ name: z.string().default('clip.mp4') }),
  async run({ value }, { name }, { artifacts }) {
    const path = await artifacts.scratch('.mp4')
    await writeFile(path, `value ${value}`)
    const file = await artifacts.adopt(path, name, 'video/mp4')
    const video: VideoFile = {
      file,
      width: 2,
      height: 2,
      frameRate: 30,
      frameCount: 1,
      durationSeconds: 1 / 30,
      hasAudio: false,
    }
    return { file: video }
  },
})

export const readFile = defineNode({
  ...about,
  type: 'test.read',
  version: 1,
  title: 'Read',
  inputs: {},
  outputs: { value: { type: 'NUMBER' } },
  params: z.object({
    file: z.string().default('').describe('A picture').meta({ widget: 'file', accept: 'image' }),
  }),
  run: async (_inputs, { file }, { files, display }) => {
    const handle = await files.resolve(file)
    display({ kind: 'image', file: handle, width: 2, height: 2 })
    return { value: handle.name.length }
  },
})

export const readFiles = defineNode({
  ...about,
  type: 'test.read-several',
  version: 1,
  title: 'Read several',
  inputs: {},
  outputs: { value: { type: 'TEXT' } },
  params: z.object({
    files: z
      .array(z.string())
      .default([])
      .describe('Pictures')
      .meta({ widget: 'file', accept: 'image', several: true }),
  }),
  run: async (_inputs, { files: references }, { files }) => {
    const handles = await Promise.all(references.map((reference) => files.resolve(reference)))
    return { value: handles.map(({ name }) => name).join(' then ') }
  },
})

export const nodes: NodeDefinition[] = [
  number,
  addOne,
  sleep,
  fail,
  stumble,
  crash,
  saveText,
  readFile,
  readFiles,
  vast,
]
