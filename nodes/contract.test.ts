import { AppError, describeNode, isCancellation, type NodeContext, type PortType, STREAMED_TYPES } from '@beatloom/core'
import { noSubGraphs, testHost } from '@beatloom/core/testing'
import { describe, expect, it } from 'vitest'
import { allNodes } from './index.ts'

/** A small value of each type; nodes may refuse it, but must not hang on it. */
const samples: Record<PortType, unknown> = (() => {
  const image = { width: 8, height: 6, channels: 3, data: new Uint8Array(8 * 6 * 3) }
  const file = { path: '/nowhere/file', sha256: '0'.repeat(64), name: 'file' }
  const component = { folder: '/nowhere', component: 'transformer', sha256: '0'.repeat(64) }
  const envelope = new Float32Array(400)
  const envelopes = { rate: 100, onset: envelope, bass: envelope, mid: envelope, high: envelope, loudness: envelope }
  const video = { width: 8, height: 6, frameRate: 30, frameCount: 120 }
  return {
    IMAGE: image,
    MASK: { width: 8, height: 6, data: new Uint8Array(48) },
    FRAMES: {
      ...video,
      async *frames(signal: AbortSignal) {
        for (let index = 0; index < 120; index++) {
          signal.throwIfAborted()
          yield image
        }
      },
    },
    VIDEO: { file, ...video, durationSeconds: 4, hasAudio: true },
    AUDIO: { file, startSeconds: 0, durationSeconds: 4, soundSeconds: 4, sampleRate: 44100, channels: 2 },
    BEATS: {
      durationSeconds: 4,
      beats: [0, 0.5],
      downbeats: [0],
      tempoBpm: 120,
      meter: 4,
      confidence: 1,
      tempoCandidates: [],
      envelopes,
    },
    SHOTS: { durationSeconds: 4, frameRate: 30, frameCount: 120, shots: [] },
    CURVE: { rate: 30, values: new Float32Array(120) },
    LATENT: { family: 'pocket', tensors: {}, latentRate: 10, video, reference: image, light: null },
    CONDITIONING: { family: 'pocket', positive: {}, negative: {} },
    MODEL: { family: 'pocket', experts: [{ component, guidance: 1 }], boundary: null, boundaryStep: null, shift: 8 },
    VAE: { family: 'pocket', encoder: component, decoder: component },
    TEXT_ENCODER: { family: 'pocket', component, tokenizer: component },
    AUDIO_ENCODER: { family: 'pocket', component },
    TEXT: 'text',
    NUMBER: 1,
    BOOLEAN: true,
    ANY: 'anything',
  }
})()

describe.each(allNodes.map((node) => [node.type, node] as const))('%s', (_type, node) => {
  it('is named family.verb, has a title and says what it and each param is for', () => {
    expect(node.type).toMatch(/^[a-z]+(-[a-z]+)*\.[a-z0-9]+(-[a-z0-9]+)*$/)
    expect(node.title.length).toBeGreaterThan(1)
    expect(node.description.length).toBeGreaterThan(10)
    for (const param of describeNode(node).params) expect(param.description, `param ${param.name}`).not.toBe('')
  })

  it('has defaults that parse and a descriptor that is plain JSON', () => {
    expect(node.params.safeParse({}).success).toBe(true)
    const descriptor = describeNode(node)
    expect(JSON.parse(JSON.stringify(descriptor))).toEqual(descriptor)
  })

  it('names no param like an input, since links feed both', () => {
    const inputs = Object.keys(node.inputs)
    expect(Object.keys(node.params.shape).filter((param) => inputs.includes(param))).toEqual([])
  })

  it('passes through only ports that exist and share a type', () => {
    for (const [output, input] of Object.entries(node.passThrough ?? {})) {
      expect(node.inputs[input]?.type).toBe(node.outputs[output]?.type)
      expect(node.outputs[output]).toBeDefined()
    }
  })

  it('ends when its signal is already aborted', async () => {
    const host = testHost()
    const inputs: Record<string, unknown> = {}
    for (const [name, port] of Object.entries(node.inputs))
      inputs[name] = port.list ? [samples[port.type]] : samples[port.type]
    const abort = new AbortController()
    abort.abort()
    const context: NodeContext = {
      nodeId: 'test',
      signal: abort.signal,
      progress: () => {},
      preview: () => {},
      display: () => {},
      files: host.files,
      artifacts: host.artifacts,
      models: host.models,
      links: {},
      subGraphs: noSubGraphs,
      showNow: () => {},
      checkpoint: () => {},
      provenance: async () => ({ workflow: '{}', files: {} }),
    }
    const started = performance.now()
    try {
      const outputs = await node.run(inputs as never, node.params.parse({}) as never, context)
      // Nodes that answer at once may; a stream they hand out must stop by itself.
      for (const [name, port] of Object.entries(node.outputs)) {
        if (!STREAMED_TYPES.has(port.type)) continue
        const stream = (outputs as Record<string, typeof samples.FRAMES>)[name] as {
          frames(signal: AbortSignal): AsyncIterable<unknown>
        }
        await expect(readAll(stream.frames(abort.signal))).rejects.toSatisfy(isCancellation)
      }
    } catch (error) {
      expect(error instanceof AppError || isCancellation(error), String(error)).toBe(true)
    }
    expect(performance.now() - started).toBeLessThan(2000)
  })
})

async function readAll(stream: AsyncIterable<unknown>): Promise<void> {
  for await (const _ of stream);
}

it('M8: a converter needs one input alone, and every pair of types that can be told apart has one', () => {
  const pairs = allNodes
    .filter((node) => node.converter)
    .flatMap((node) => {
      const inputs = Object.values(node.inputs)
      const needed = inputs.filter((port) => !port.optional)
      expect(needed, node.type).toHaveLength(1)
      return Object.values(node.outputs).map((output) => `${needed[0]?.type} → ${output.type}`)
    })
  expect(new Set(pairs)).toEqual(
    new Set([
      'IMAGE → FRAMES',
      'FRAMES → IMAGE',
      'IMAGE → MASK',
      'MASK → IMAGE',
      'FRAMES → VIDEO',
      'VIDEO → FRAMES',
      'VIDEO → AUDIO',
      'AUDIO → BEATS',
      'BEATS → CURVE',
      'BEATS → NUMBER',
      'BEATS → TEXT',
      'CURVE → NUMBER',
      'NUMBER → CURVE',
      'NUMBER → TEXT',
      'TEXT → NUMBER',
      'NUMBER → BOOLEAN',
      'BOOLEAN → NUMBER',
      'TEXT → BOOLEAN',
      'BOOLEAN → TEXT',
    ]),
  )
})

it('M8: one node mends frame rates, and it takes and gives frames alone', () => {
  const menders = allNodes.filter((node) => node.retimes)
  expect(menders.map((node) => node.type)).toEqual(['frames.retime'])
  expect([...Object.values(menders[0]?.inputs ?? {}), ...Object.values(menders[0]?.outputs ?? {})]).toMatchObject([
    { type: 'FRAMES' },
    { type: 'FRAMES' },
  ])
})
