/** The thread that owns the ONNX sessions: `create` and `run` hold their thread, so it is never the caller's. */
import { parentPort, workerData } from 'node:worker_threads'
import type { GraphPorts, PortFacts, TensorData } from '@beatloom/core'
import { AppError, reasonOf } from '@beatloom/core/errors'
import { InferenceSession, Tensor } from './onnx-runtime.ts'
import { bytesOf, type SessionSpec, type ThreadOptions, type ThreadReply, type ThreadRequest } from './protocol.ts'
import { failure, saysOutOfMemory } from './session-failure.ts'
import { sessionOptions } from './session-options.ts'
import { SessionPool } from './session-pool.ts'
import { type Feed, feedsFor, hostTensor } from './tensor-io.ts'

const options = workerData as ThreadOptions
const port = parentPort!
const pool = new SessionPool(createSession)

// Requests come one at a time: the other side waits for each answer.
port.on('message', async (request: ThreadRequest) => {
  const reply = await answer(request).then(
    (value): ThreadReply => ({ ok: true, value }),
    (error): ThreadReply => ({
      ok: false,
      code: error instanceof AppError ? error.code : 'internal',
      message: reasonOf(error),
      details: error instanceof AppError ? error.details : undefined,
    }),
  )
  port.postMessage(reply, reply.ok && request.kind === 'run' ? buffersOf(reply.value as object | null) : [])
  if (request.kind === 'close') port.close()
})

async function answer(request: ThreadRequest): Promise<unknown> {
  switch (request.kind) {
    case 'run':
      return run(request)
    case 'forget':
      carried.delete(request.carryId)
      return null
    case 'describe':
      return { ...portsOf((await pool.get(request.session)).session), provider: request.session.provider }
    case 'release':
      return pool.release(request.path)
    case 'resident':
      return pool.resident()
    case 'close':
      carried.clear()
      return pool.releaseAll()
    case 'release-all':
      return pool.releaseAll()
  }
}

/** A session, and the inputs that were brought once for many calls of it: they leave together. */
interface LoadedGraph {
  session: InferenceSession
  kept: { key: string; feeds: Record<string, Tensor> } | null
  release(): Promise<void>
}

/** Outputs of a call that are inputs of the next one, by the id of their chain and the inputs' names. */
const carried = new Map<string, Record<string, Tensor>>()

async function run({ session: spec, inputs, kept, options: wish }: ThreadRequest & { kind: 'run' }) {
  const graph = await pool.get(spec)
  const { session } = graph
  const ports = portsOf(session).inputs
  if (graph.kept && graph.kept.key !== kept?.key) {
    graph.kept = null
    await pool.keep(spec, 0)
  }
  if (kept && !graph.kept) {
    if (!kept.inputs) return null
    await pool.keep(spec, bytesOf(kept.inputs))
    const own = new Set(Object.keys(kept.inputs))
    const feeds = tensorsFor(
      spec,
      ports.filter(({ name }) => own.has(name)),
      kept.inputs,
    )
    graph.kept = { key: kept.key, feeds }
  }
  const carry = wish?.carry
  const past = carry && !carry.zeros ? carried.get(carry.id) : zerosFor(spec, ports, carry?.zeros ?? {})
  const keptFeeds = { ...graph.kept?.feeds, ...past }
  const feeds = {
    ...keptFeeds,
    ...tensorsFor(
      spec,
      ports.filter(({ name }) => !keptFeeds[name]),
      inputs,
    ),
  }
  const wanted = wish?.outputs ? [...wish.outputs, ...Object.keys(carry?.names ?? {})] : [...session.outputNames]
  let outputs: InferenceSession.OnnxValueMapType
  try {
    outputs = await session.run(feeds, wanted, { logSeverityLevel: 4 })
  } catch (error) {
    const reason = reasonOf(error)
    throw failure(spec, reason, `${spec.label} could not be run on ${spec.provider}: ${reason}`)
  }
  const results: Record<string, TensorData> = {}
  const next: Record<string, Tensor> = {}
  for (const [name, tensor] of Object.entries(outputs)) {
    const value = tensor as Tensor
    const input = carry?.names[name]
    if (input !== undefined) next[input] = value
    else {
      results[name] = hostTensor(value.type, value.dims, value.data)
      value.dispose()
    }
  }
  if (carry) carried.set(carry.id, next)
  return results
}

function zerosFor(spec: SessionSpec, ports: PortFacts[], shapes: Record<string, number[]>): Record<string, Tensor> {
  const zeros = Object.entries(shapes).map(([name, dims]): [string, TensorData] => [
    name,
    { dims, data: new Float32Array(dims.reduce((product, dim) => product * dim, 1)) },
  ])
  return tensorsFor(
    spec,
    ports.filter(({ name }) => shapes[name]),
    Object.fromEntries(zeros),
  )
}

function tensorsFor(spec: SessionSpec, ports: PortFacts[], inputs: Record<string, TensorData>): Record<string, Tensor> {
  return Object.fromEntries(feedsFor(spec.label, ports, inputs).map((feed) => [feed.name, toTensor(feed)]))
}

function toTensor({ type, dims, data }: Feed): Tensor {
  return new Tensor(type as 'float32', data as Float32Array, dims)
}

async function createSession(spec: SessionSpec): Promise<LoadedGraph> {
  try {
    const session = await InferenceSession.create(
      spec.path,
      sessionOptions(spec.provider, options.threads, spec.sizeBytes),
    )
    return { session, kept: null, release: () => session.release() }
  } catch (error) {
    const reason = reasonOf(error)
    if (spec.provider !== 'cpu' || saysOutOfMemory(reason)) {
      const dotted = reason.replace(/\.?\s*$/, '.')
      throw failure(spec, reason, `${spec.label} could not be loaded on ${spec.provider}: ${dotted}`)
    }
    const sentence = /Unsupported data type: 16/.test(reason)
      ? `${spec.label} takes or gives bfloat16, which cannot be passed to it; export it with float32 inputs and outputs.`
      : `${spec.label} is not a model that can be loaded: ${reason}`
    throw new AppError('model_invalid', sentence, { details: { file: spec.path } })
  }
}

function portsOf(session: InferenceSession): Omit<GraphPorts, 'provider'> {
  const facts = (ports: readonly InferenceSession.ValueMetadata[]): PortFacts[] =>
    ports.map((value) =>
      value.isTensor
        ? { name: value.name, type: value.type, dims: [...value.shape] }
        : { name: value.name, type: 'unknown', dims: [] },
    )
  return { inputs: facts(session.inputMetadata), outputs: facts(session.outputMetadata) }
}

function buffersOf(outputs: object | null): ArrayBuffer[] {
  return Object.values((outputs ?? {}) as Record<string, { data: { buffer: ArrayBuffer } }>).map(
    ({ data }) => data.buffer,
  )
}
