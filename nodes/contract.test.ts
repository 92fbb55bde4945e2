import { AppError, describeNode, isCancellation, type NodeContext, type PortType, STREAMED_TYPES } from '@beatloom/core'
import { testHost } from '@beatloom/core/testing'
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
    SHOTS: { durationSeconds: 4, shots: [] },
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
