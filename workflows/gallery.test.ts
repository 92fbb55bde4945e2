import { execFile } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { parseWorkflow, serializeWorkflow } from '@beatloom/core'
import { encodeImage, readEmbedded, readMp4Facts, readVideoFrames } from '@beatloom/media'
import { makeMedia } from '@beatloom/media/testing'
import { rampImage } from '@beatloom/models/testing'
import { makeTinyDiffusion, makeTinyWan } from '@beatloom/models/testing/folders'
import { allNodes } from '@beatloom/nodes'
import { afterAll, describe, expect, it } from 'vitest'

const folder = fileURLToPath(new URL('.', import.meta.url))
const cli = fileURLToPath(new URL('../engine/server/src/cli/main.ts', import.meta.url))
const scratch = mkdtempSync(join(tmpdir(), 'beatloom-gallery-'))
afterAll(() => rmSync(scratch, { recursive: true, force: true }))

const files = readdirSync(folder).filter((name) => name.endsWith('.json') && name !== 'package.json')

interface RunEvent {
  type: string
  node?: string
  items?: { kind?: string; text?: string; shots?: { startFrame: number }[] }[]
  outputs?: { name: string; path?: string }[]
}

/** Runs the command line as a person would and returns its JSON lines. */
async function beatloom(...args: string[]): Promise<RunEvent[]> {
  const env = { ...process.env, BEATLOOM_DATA: join(scratch, 'data') }
  const { stdout } = await promisify(execFile)(process.execPath, [cli, ...args], { env, maxBuffer: 1 << 26 })
  return stdout
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line))
}

/** Models that do not come with Beatloom, and a random one of the same kind that takes its place here. */
const STAND_INS: Record<string, (models: string, name: string) => Promise<void>> = {
  'wan2.2-t2v-a14b': (models, name) => makeTinyWan('tiny-wan-t2v', models, name),
  'wan2.2-i2v-a14b': (models, name) => makeTinyWan('tiny-wan-i2v', models, name),
  'wan2.2-ti2v-5b': (models, name) => makeTinyWan('tiny-wan-ti2v', models, name),
  'wan2.2-s2v-14b': (models, name) => makeTinyWan('tiny-wan-s2v', models, name),
  'stable-diffusion-v1-5': (models, name) => makeTinyDiffusion('tiny-stable-diffusion', models, name),
  'lcm-dreamshaper-v7': (models, name) => makeTinyDiffusion('tiny-latent-consistency', models, name),
}
for (const [name, make] of Object.entries(STAND_INS)) await make(join(scratch, 'data/models'), name)

it('holds the workflows of the gallery', () => {
  expect(files.sort()).toEqual([
    'audio-analysis.json',
    'beat-pulse.json',
    'lcm-text-to-image.json',
    'painted-subject.json',
    'sd-image-to-image.json',
    'sd-text-to-image.json',
    'song-video.json',
    'two-shots.json',
    'wan-i2v.json',
    'wan-s2v.json',
    'wan-t2v.json',
    'wan-ti2v-5b.json',
    'whole-song.json',
    'words-over-time.json',
  ])
})

/** As little work as an input lets choose. */
const SMALL = { duration: '3', resolution: '480p', width: '128', height: '64', steps: '2' }
/** A video of Wan2.2 is as large as its picture says, and has at least so many frames. */
const SMALLER: Record<string, Record<string, string>> = {
  'wan-t2v.json': { duration: '0.3' },
  'wan-i2v.json': { duration: '0.3' },
  'wan-ti2v-5b.json': { duration: '0.2' },
  'wan-s2v.json': { duration: '1', picture: await smallPicture() },
  'whole-song.json': { song: await shortSong() },
}

/** Long enough for two shots. */
async function shortSong(): Promise<string> {
  const sample = join(folder, 'samples/song.mp3')
  return makeMedia(join(scratch, 'short.wav'), '-i', sample, '-t', '6')
}

async function smallPicture(): Promise<string> {
  const path = join(scratch, 'small.png')
  writeFileSync(path, await encodeImage(rampImage(128, 64), { format: 'png' }))
  return path
}

describe.each(files)('%s', (name) => {
  const path = join(folder, name)

  it('is saved again byte for byte', () => {
    const text = readFileSync(path, 'utf8')
    expect(serializeWorkflow(parseWorkflow(text))).toBe(text)
  })

  it('lists what it needs as it is today: node types with their ports, models with size and hash', () => {
    const workflow = parseWorkflow(readFileSync(path, 'utf8'))
    const types = new Set(Object.values(workflow.nodes).map((node) => node.type))
    expect(Object.keys(workflow.needs.nodes).sort()).toEqual([...types].sort())
    for (const node of allNodes.filter((each) => types.has(each.type))) {
      const typesOf = (ports: Record<string, { type: string }>) =>
        Object.fromEntries(Object.entries(ports).map(([port, { type }]) => [port, type]))
      expect(workflow.needs.nodes[node.type]).toEqual({
        version: node.version,
        inputs: typesOf(node.inputs),
        outputs: typesOf(node.outputs),
      })
    }
    const loaded = Object.values(workflow.nodes).filter((node) => node.type === 'model.load')
    const used = loaded.map((node) => String(node.params['model']))
    expect(Object.keys(workflow.needs.models)).toEqual(used)
    for (const model of used.filter((each) => each !== 'pocket')) {
      expect(workflow.needs.models[model]).toMatchObject({
        ...{ title: expect.any(String), licence: expect.any(String), sizeBytes: expect.any(Number) },
        source: expect.stringMatching(/^https:\/\/huggingface\.co\//),
      })
    }
  })

  it('says what it is for and runs to its outputs on the sample media', { timeout: 180_000 }, async () => {
    const workflow = parseWorkflow(readFileSync(path, 'utf8'))
    expect(workflow.title).not.toBe('')
    expect(workflow.description).toBeTruthy()
    const small = Object.entries({ ...SMALL, ...SMALLER[name] }).flatMap(([input, value]) =>
      input in workflow.inputs ? [`--${input}`, value] : [],
    )
    const events = await beatloom('run', path, ...small, '--out', join(scratch, name), '--json')
    const last = events.at(-1)
    expect(last?.type).toBe('run.finished')
    expect(last?.outputs?.map((output) => output.name).sort()).toEqual(Object.keys(workflow.outputs).sort())
  })
})

describe('song-video.json on the model in the box', () => {
  it.each([
    ['16:9', '24', 832, 480, 72],
    ['9:16', '30', 480, 832, 90],
    ['1:1', '30', 624, 624, 90],
  ])(
    'makes %s at %s frames per second, exact to the frame, with sound from the start',
    { timeout: 180_000 },
    async (aspect, frameRate, width, height, frames) => {
      const out = join(scratch, `clip-${width}x${height}.mp4`)
      await beatloom(
        'run',
        join(folder, 'song-video.json'),
        '--duration',
        '3',
        '--resolution',
        '480p',
        '--aspect',
        aspect,
        '--frame-rate',
        frameRate,
        '--prompt',
        '镜头缓慢推近',
        '--out',
        out,
        '--json',
      )
      const facts = await readMp4Facts(out)
      const picture = facts.tracks.find((track) => track.kind === 'video')
      const sound = facts.tracks.find((track) => track.kind === 'audio')
      expect([picture?.width, picture?.height, picture?.sampleCount]).toEqual([width, height, frames])
      expect(sound?.channels).toBe(2)
      expect(Math.abs((sound?.startSeconds ?? 1) - (picture?.startSeconds ?? 0))).toBeLessThanOrEqual(0.02)
      expect(facts.isFaststart).toBe(true)
      const embedded = await readEmbedded(out)
      expect(parseWorkflow(embedded?.workflow ?? '').nodes.prompt?.params.text).toBe('镜头缓慢推近')
    },
  )
})

/** Small grey frames of a video, row-major. */
async function greyFrames(path: string, width: number, height: number): Promise<Uint8Array[]> {
  const frames: Uint8Array[] = []
  for await (const { data } of readVideoFrames(path, { width, height }, new AbortController().signal)) {
    frames.push(Uint8Array.from({ length: width * height }, (_, i) => data[3 * i + 1]!))
  }
  return frames
}

const meanOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length
const difference = (a: Uint8Array, b: Uint8Array): number => meanOf([...a].map((value, i) => Math.abs(value - b[i]!)))

it('two-shots.json cuts on a beat, without a jump, to the song’s stretch', { timeout: 180_000 }, async () => {
  const out = join(scratch, 'two.mp4')
  const events = await beatloom('run', join(folder, 'two-shots.json'), '--duration', '4', '--out', out, '--json')
  const shown = events.find((event) => event.type === 'node.display' && event.node === 'split')
  const cut = Number(/Cut at ([\d.]+) s/.exec(shown?.items?.[0]?.text ?? '')?.[1])
  // The song has 140 beats per minute and begins on one. Of four seconds nobody can tell which beat of the bar it is.
  expect(cut).toBeGreaterThan(0.9)
  expect(Math.abs(cut - (Math.round((cut * 7) / 3) * 3) / 7)).toBeLessThan(0.04)
  const frames = await greyFrames(out, 208, 120)
  expect(frames).toHaveLength(120)
  const steps = frames.slice(1).map((frame, i) => difference(frames[i]!, frame))
  const at = Math.round(cut * 30)
  const across = steps[at - 1]!
  expect(across).toBeLessThanOrEqual(Math.max(...steps.slice(at - 6, at - 1), ...steps.slice(at, at + 5)))
  expect((await readMp4Facts(out)).tracks.map((track) => track.kind).sort()).toEqual(['audio', 'video'])
})

it('painted-subject.json moves what is painted, and nothing else', { timeout: 180_000 }, async () => {
  const out = join(scratch, 'painted.mp4')
  await beatloom('run', join(folder, 'painted-subject.json'), '--duration', '3', '--out', out, '--json')
  const [width, height] = [208, 120]
  const frames = await greyFrames(out, width, height)
  const spread = (left: number, right: number, top: number, bottom: number): number => {
    const values: number[] = []
    for (let y = Math.round(top * height); y < bottom * height; y++) {
      for (let x = Math.round(left * width); x < right * width; x++) {
        const line = frames.map((frame) => frame[y * width + x]!)
        values.push(Math.max(...line) - Math.min(...line))
      }
    }
    return meanOf(values)
  }
  // The dandelion in front is painted; what grows at the right is not.
  const [painted, rest] = [spread(0.2, 0.4, 0.15, 0.5), spread(0.6, 1, 0.2, 1)]
  expect(painted).toBeGreaterThan(5 * rest)
  expect(painted).toBeGreaterThan(8)
})

it('whole-song.json takes all of the song, to the frame, and cuts where its plan says', {
  timeout: 180_000,
}, async () => {
  const out = join(scratch, 'whole.mp4')
  const song = join(scratch, 'short.wav')
  const events = await beatloom(
    'run',
    join(folder, 'whole-song.json'),
    '--song',
    song,
    '--resolution',
    '480p',
    '--pace',
    'fast',
    '--out',
    out,
    '--json',
  )
  const plan = events.flatMap((event) => event.items ?? []).find((item) => item.kind === 'shots')
  const cuts = (plan?.shots ?? []).map((shot) => shot.startFrame).slice(1)
  expect(cuts.length).toBeGreaterThan(0)
  const frames = await greyFrames(out, 208, 120)
  expect(frames).toHaveLength(180)
  const steps = frames.slice(1).map((frame, i) => difference(frames[i]!, frame))
  // A cut changes the picture more than anything else within half a second around it.
  for (const cut of cuts) {
    const near = steps.slice(Math.max(0, cut - 16), cut + 14)
    expect(steps[cut - 1]).toBe(Math.max(...near))
  }
  const tracks = (await readMp4Facts(out)).tracks.map(({ kind, durationSeconds }) => [kind, durationSeconds])
  expect(tracks).toEqual([
    ['video', 6],
    ['audio', expect.closeTo(6, 1)],
  ])
})

/** A picture of one colour with a little light and shade, so that it can be told from others in a video. */
async function colourPicture(name: string, width: number, height: number, colour: number[]): Promise<string> {
  const path = join(scratch, name)
  const shade = (i: number) => Math.round(12 * Math.sin(i / 700))
  const data = Uint8Array.from({ length: width * height * 3 }, (_, i) => colour[i % 3]! + shade(i))
  writeFileSync(path, await encodeImage({ width, height, channels: 3, data }, { format: 'png' }))
  return path
}

it('whole-song.json shows several pictures in turn, whatever their shapes, in one video of one size', {
  timeout: 300_000,
}, async () => {
  const out = join(scratch, 'turns.mp4')
  // A hair wider than 4:3, which lies half way between 1:1 and 16:9; and the second picture stands upright.
  const pictures = [
    await colourPicture('blue.png', 1203, 902, [40, 60, 190]),
    await colourPicture('red.png', 500, 900, [190, 60, 40]),
  ]
  const given = pictures.flatMap((path) => ['--picture', path])
  const song = join(scratch, 'short.wav')
  const small = ['--resolution', '480p', '--pace', 'fast']
  const whole = join(folder, 'whole-song.json')
  const events = await beatloom('run', whole, ...given, '--song', song, ...small, '--out', out, '--json')
  const plan = events.flatMap((event) => event.items ?? []).find((item) => item.kind === 'shots')
  const shots = plan?.shots ?? []
  expect(shots.length).toBeGreaterThan(1)
  const facts = await readMp4Facts(out)
  const picture = facts.tracks.find((track) => track.kind === 'video')
  expect([picture?.width, picture?.height, picture?.sampleCount]).toEqual([832, 480, 180])
  // In the middle of each shot the colour says which picture it shows.
  const middles = shots.map((shot, i) => Math.floor((shot.startFrame + (shots[i + 1]?.startFrame ?? 180)) / 2))
  const seen: string[] = []
  let frame = 0
  for await (const { data } of readVideoFrames(out, { width: 16, height: 9 }, new AbortController().signal)) {
    const sum = (channel: number) => data.reduce((total, value, i) => (i % 3 === channel ? total + value : total), 0)
    if (middles.includes(frame++)) seen.push(sum(0) > sum(2) ? 'red' : 'blue')
  }
  expect(seen).toEqual(shots.map((_, i) => (i % 2 === 0 ? 'blue' : 'red')))
})

it('whole-song.json takes one picture by name as it did, and files saved with LoadImage stay valid', async () => {
  const whole = readFileSync(join(folder, 'whole-song.json'), 'utf8')
  const workflow = JSON.parse(whole)
  workflow.nodes.pictures = { type: 'image.load', version: 1, params: { file: 'samples/cover.jpg' } }
  workflow.inputs.picture = { ...workflow.inputs.picture, param: 'file' }
  const old = whole.replaceAll('"port": "images"', '"port": "image"')
  const links = JSON.parse(old)
  for (const [id, node] of Object.entries(links.nodes) as [string, { links?: object }][])
    if (node.links) workflow.nodes[id].links = node.links
  writeFileSync(join(scratch, 'old.json'), JSON.stringify(workflow))
  for (const file of [join(scratch, 'old.json'), join(folder, 'whole-song.json')]) {
    expect(await beatloom('validate', file, '--picture', join(folder, 'samples/cover.jpg'), '--json')).toEqual([])
  }
})
