/** Runs small graphs and looks at every video they write, and at whether what was said of values beforehand was true. */
import { join } from 'node:path'
import {
  createRegistry,
  executeRun,
  type FactsByNode,
  factsOfValue,
  type Issue,
  type NodeContext,
  type NodeDefinition,
  type OutputPort,
  parseWorkflow,
  prepareRun,
  type RunEventBody,
  type ValueFacts,
  type VideoFile,
} from '@beatloom/core'
import { translateSentence } from '@beatloom/core/sentences'
import { testHost } from '@beatloom/core/testing'
import { audioFacts, openAudio, readMp4Facts } from '@beatloom/media'
import { handleOf, makeMedia, never, type ScratchFolder } from '@beatloom/media/testing'
import { expect } from 'vitest'
import { allNodes } from '../index.ts'
import type { GraphNode, Material } from './clock-graphs.ts'

/** Two tones with a knock twice a second, so that there are beats to find. */
const KNOCKS = (seconds: number): string =>
  `aevalsrc='0.2*sin(440*2*PI*t)+0.7*sin(90*2*PI*t)*exp(-30*mod(t\\,0.5))':d=${seconds}:s=44100`

export async function makeMaterial(folder: ScratchFolder): Promise<Material[]> {
  const sound = (seconds: number) => ['-f', 'lavfi', '-i', KNOCKS(seconds)]
  await makeMedia(folder.file('two.wav'), ...sound(2))
  await makeMedia(folder.file('odd.mp3'), ...sound(2.345))
  await makeMedia(folder.file('long.m4a'), ...sound(4))
  const picture = (rate: number, seconds: number) => ['-f', 'lavfi', '-i', `testsrc=s=32x18:r=${rate}:d=${seconds}`]
  const encoded = ['-c:v', 'libx264', '-pix_fmt', 'yuv420p']
  await makeMedia(folder.file('two.mp4'), ...picture(24, 2), ...sound(2), ...encoded, '-c:a', 'aac')
  // As cameras leave them: the sound goes on after the picture, or ends before it.
  await makeMedia(folder.file('odd.mp4'), ...picture(30, 1.3), ...sound(1.9), ...encoded, '-c:a', 'aac')
  await makeMedia(folder.file('early.mp4'), ...picture(12.5, 2), ...sound(0.8), ...encoded, '-c:a', 'aac')
  return [
    { song: 'two.wav', songSeconds: 2, pictureSeconds: 2, frameRate: 24, video: 'two.mp4' },
    { song: 'odd.mp3', songSeconds: 0, pictureSeconds: 2.345, frameRate: 30, video: 'odd.mp4' },
    { song: 'long.m4a', songSeconds: 2.5, pictureSeconds: 1.3, frameRate: 12.5, video: 'early.mp4' },
  ]
}

export type Outcome =
  | { kind: 'refused'; issues: Issue[] }
  | { kind: 'failed'; code: string; message: string }
  | { kind: 'finished'; videos: number }

/** Values that nodes made, by node and output; several where a node ran for each item of a list. */
type Made = Map<string, { port: OutputPort; name: string; node: string; values: unknown[] }>

/** One folder, one cache: what one graph made the next finds there. */
export class ClockBench {
  /** Videos that were looked at. */
  checked = 0
  readonly #folder: ScratchFolder
  readonly #host
  readonly #registry
  readonly #facts = new Map<string, Promise<ValueFacts | null>>()
  #made: Made = new Map()
  #written: string[] = []
  /** Every video that was made here. */
  readonly #own = new Set<string>()
  #wrong: string[] = []
  #files = 0

  constructor(folder: ScratchFolder) {
    this.#folder = folder
    this.#host = testHost({
      files: { resolve: async (reference) => handleOf(join(folder.path, reference)) },
      artifacts: {
        scratch: async (suffix) => folder.file(`${++this.#files}${suffix}`),
        adopt: async (path, name, mime) => {
          if (mime === 'video/mp4') {
            this.#written.push(path)
            this.#own.add(path)
          }
          return { ...(await handleOf(path)), name }
        },
      },
    })
    this.#registry = createRegistry(allNodes.map((node) => this.#watched(node)))
  }

  /** What validation says of a graph, without running it. */
  async prepare(nodes: Record<string, GraphNode>, ends: readonly string[]) {
    const workflow = parseWorkflow({ beatloom: 1, title: 'Clocks', nodes })
    const fileFacts = (reference: string) => this.#fileFacts(reference)
    return prepareRun(workflow, { registry: this.#registry, host: this.#host, fileFacts, nodes: [...ends] })
  }

  /** Runs a graph that is accepted; throws where picture and sound of a video part, or where facts did not come true. */
  async run(nodes: Record<string, GraphNode>, ends: readonly string[]): Promise<Outcome> {
    const { issues, prepared, facts } = await this.prepare(nodes, ends)
    if (!prepared) return { kind: 'refused', issues: issues.filter(({ severity }) => severity === 'error') }
    this.#made = new Map()
    this.#written = []
    this.#wrong = []
    let last: RunEventBody | undefined
    for await (const event of executeRun(prepared, this.#host, never)) last = event
    expect(this.#wrong).toEqual([])
    for (const path of this.#written) await expectOneClock(path)
    this.checked += this.#written.length
    expectTrue(facts, this.#made)
    if (last?.type === 'run.failed') return { kind: 'failed', code: last.error.code, message: last.error.message }
    expect(last).toMatchObject({ type: 'run.finished' })
    return { kind: 'finished', videos: this.#written.length }
  }

  #fileFacts(reference: string): Promise<ValueFacts | null> {
    const known = this.#facts.get(reference) ?? this.#lookAt(reference)
    this.#facts.set(reference, known)
    return known
  }

  async #lookAt(reference: string): Promise<ValueFacts | null> {
    const path = join(this.#folder.path, reference)
    if (!reference.endsWith('.mp4')) {
      const { durationSeconds, sampleRate, channels } = await audioFacts(path)
      return { durationSeconds, sampleRate, channels }
    }
    const picture = (await readMp4Facts(path)).tracks.find(({ kind }) => kind === 'video')
    if (!picture) return null
    const { width, height, frameRate, durationSeconds } = picture
    return { width, height, frameRate, durationSeconds }
  }

  /** The node, with what goes in and comes out looked at. */
  #watched(definition: NodeDefinition): NodeDefinition {
    const run = async (inputs: Record<string, unknown>, params: never, context: NodeContext): Promise<unknown> => {
      const outputs = (await definition.run(inputs as never, params, context)) as Record<string, unknown>
      this.#leaveOthers(definition, inputs, outputs)
      for (const [name, port] of Object.entries(definition.outputs)) {
        const value = outputs[name]
        const made = [value].flat().filter((item) => item !== undefined && item !== null)
        const key = `${context.nodeId} ${name}`
        const known = this.#made.get(key) ?? { port, name, node: context.nodeId, values: [] }
        known.values.push(...made)
        this.#made.set(key, known)
        if (port.type === 'VIDEO' && !definition.fitsSound) this.#compare(definition, inputs, made)
      }
      return outputs
    }
    return { ...definition, run }
  }

  /** A copy of a file that came from elsewhere is as out of time as that one is. */
  #leaveOthers(
    { passThrough = {}, outputs: ports }: NodeDefinition,
    inputs: Record<string, unknown>,
    outputs: Record<string, unknown>,
  ): void {
    for (const [output, input] of Object.entries(passThrough)) {
      if (ports[output]?.type !== 'VIDEO' || this.#own.has((inputs[input] as VideoFile).file.path)) continue
      const { path } = (outputs[output] as VideoFile).file
      this.#own.delete(path)
      this.#written = this.#written.filter((written) => written !== path)
    }
  }

  /** A sound that is laid under a picture was neither cut nor padded unasked. */
  #compare({ type, inputs: ports }: NodeDefinition, inputs: Record<string, unknown>, videos: unknown[]): void {
    for (const [name, port] of Object.entries(ports)) {
      const sound = inputs[name]
      if (port.type !== 'AUDIO' || sound === undefined) continue
      for (const video of videos) {
        const { frameRate, durationSeconds, hasAudio } = factsOfValue('VIDEO', video) as Required<ValueFacts>
        const { durationSeconds: seconds } = factsOfValue('AUDIO', sound) as Required<ValueFacts>
        const isOff = Math.abs(durationSeconds - seconds) > 1.001 / frameRate
        if (hasAudio && isOff && type !== 'video.certify') {
          this.#wrong.push(`${type} laid a sound of ${seconds} s under a picture of ${durationSeconds} s`)
        }
      }
    }
  }
}

/** Picture and sound of a written file start within 20 ms and are as long as each other to a frame. */
async function expectOneClock(path: string): Promise<void> {
  const { tracks } = await readMp4Facts(path)
  const picture = tracks.find(({ kind }) => kind === 'video')
  const sound = tracks.find(({ kind }) => kind === 'audio')
  if (!picture) throw new Error(`${path} has no picture.`)
  const frame = picture.durationSeconds / picture.sampleCount
  expect(picture.startSeconds, path).toBeLessThan(0.02)
  if (!sound) return
  expect(Math.abs(sound.startSeconds - picture.startSeconds), path).toBeLessThanOrEqual(0.02)
  // Decoded, since the index counts whole packets.
  const { clip } = await openAudio(await handleOf(path), {}, never)
  expect(Math.abs(clip.soundSeconds - picture.durationSeconds), path).toBeLessThanOrEqual(1.001 * frame)
}

/** What was said of values before the run is what they are, as near as it said. */
function expectTrue(facts: FactsByNode, made: Made): void {
  for (const { node, name, port, values } of made.values()) {
    const said = facts.get(node)?.[name]
    if (!said) continue
    for (const value of values) {
      const found = factsOfValue(port.type, value)
      for (const fact of ['frameRate', 'hasAudio'] as const) {
        if (said[fact] !== undefined && found[fact] !== undefined) {
          expect(found[fact], `${fact} of ${node}.${name}`).toBe(said[fact])
        }
      }
      if (said.durationSeconds === undefined || found.durationSeconds === undefined) continue
      const error = (said.durationErrorSeconds ?? 0) + 1e-6
      const off = Math.abs(said.durationSeconds - found.durationSeconds)
      // Frames round: a length that is off may be off by half a frame more.
      const rounding = said.durationErrorSeconds && found.frameRate ? 0.5 / found.frameRate : 0
      expect(off, `length of ${node}.${name}: ${said.durationSeconds} said`).toBeLessThanOrEqual(error + rounding)
    }
  }
}

/** Faults of the program and of files it wrote, which no graph may bring about. */
const FAULTS = new Set(['node_failed', 'internal', 'media_write_failed'])

/** A refusal is a sentence in both languages, with a code. */
export function expectRefusal(outcome: Outcome): void {
  if (outcome.kind === 'finished') return
  const said = outcome.kind === 'refused' ? outcome.issues : [outcome]
  expect(said.length).toBeGreaterThan(0)
  for (const { code, message } of said) {
    expect(FAULTS.has(code), `${code}: ${message}`).toBe(false)
    expect(message, message).toMatch(/^\S.*[.!?]$/s)
    expect(translateSentence(message, 'zh'), message).toMatch(/\p{Script=Han}/u)
  }
}
