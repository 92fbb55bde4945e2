import { execFile } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { parseWorkflow, serializeWorkflow } from '@beatloom/core'
import { readEmbedded, readMp4Facts } from '@beatloom/media'
import { allNodes } from '@beatloom/nodes'
import { afterAll, describe, expect, it } from 'vitest'

const folder = fileURLToPath(new URL('.', import.meta.url))
const cli = fileURLToPath(new URL('../engine/server/src/cli/main.ts', import.meta.url))
const scratch = mkdtempSync(join(tmpdir(), 'beatloom-gallery-'))
afterAll(() => rmSync(scratch, { recursive: true, force: true }))

const files = readdirSync(folder).filter((name) => name.endsWith('.json') && name !== 'package.json')

/** Runs the command line as a person would and returns its JSON lines. */
async function beatloom(...args: string[]): Promise<{ type: string; outputs?: { name: string; path?: string }[] }[]> {
  const env = { ...process.env, BEATLOOM_DATA: join(scratch, 'data') }
  const { stdout } = await promisify(execFile)(process.execPath, [cli, ...args], { env, maxBuffer: 1 << 26 })
  return stdout
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line))
}

it('holds the four workflows of the gallery', () => {
  expect(files.sort()).toEqual(['audio-analysis.json', 'beat-pulse.json', 'song-video.json', 'words-over-time.json'])
})

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
    const usesModel = types.has('model.load')
    expect(Object.keys(workflow.needs.models)).toEqual(usesModel ? ['pocket'] : [])
  })

  it('says what it is for and runs to its outputs on the sample media', { timeout: 180_000 }, async () => {
    const workflow = parseWorkflow(readFileSync(path, 'utf8'))
    expect(workflow.title).not.toBe('')
    expect(workflow.description).toBeTruthy()
    const small = 'resolution' in workflow.inputs ? ['--resolution', '480p'] : []
    const events = await beatloom('run', path, '--duration', '3', ...small, '--out', join(scratch, name), '--json')
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
