/** The thread that owns the ONNX sessions: `create` and `run` hold their thread, so it is never the caller's. */
import { parentPort, workerData } from 'node:worker_threads'
import type { PortFacts } from '@beatloom/core'
import { AppError, reasonOf } from '@beatloom/core/errors'
import { InferenceSession, Tensor } from './onnx-runtime.ts'
import type { GraphFacts, SessionSpec, ThreadOptions, ThreadReply, ThreadRequest } from './protocol.ts'
import { sessionOptions } from './session-options.ts'
import { SessionPool } from './session-pool.ts'
import { type Feed, feedsFor, hostTensor } from './tensor-io.ts'

const options = workerData as ThreadOptions
const port = parentPort!
const pool = new SessionPool(options.memoryBudgetBytes, createSession)

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
  port.postMessage(reply, reply.ok && request.kind === 'run' ? buffersOf(reply.value as object) : [])
  if (request.kind === 'close') port.close()
})

async function answer(request: ThreadRequest): Promise<unknown> {
  switch (request.kind) {
    case 'run':
      return run(request.session, request.inputs)
    case 'describe':
      return factsOf(await pool.get(request.session))
    case 'release':
      return pool.release(request.path)
    case 'resident':
      return pool.resident()
    case 'release-all':
    case 'close':
      return pool.releaseAll()
  }
}

async function run(spec: SessionSpec, inputs: (ThreadRequest & { kind: 'run' })['inputs']) {
  const session = await pool.get(spec)
  const facts = factsOf(session)
  const feeds = Object.fromEntries(
    feedsFor(spec.label, facts.inputs, inputs).map((feed) => [feed.name, toTensor(feed)]),
  )
  let outputs: InferenceSession.OnnxValueMapType
  try {
    outputs = await session.run(feeds, { logSeverityLevel: 4 })
  } catch (error) {
    const code = spec.provider === 'cpu' ? 'model_invalid' : 'provider_failed'
    throw new AppError(code, `${spec.label} could not be run on ${spec.provider}: ${reasonOf(error)}`)
  }
  return Object.fromEntries(
    Object.entries(outputs).map(([name, tensor]) => {
      const value = tensor as Tensor
      const result = hostTensor(value.type, value.dims, value.data)
      value.dispose()
      return [name, result]
    }),
  )
}

function toTensor({ type, dims, data }: Feed): Tensor {
  return new Tensor(type as 'float32', data as Float32Array, dims)
}

async function createSession(spec: SessionSpec): Promise<InferenceSession> {
  try {
    return await InferenceSession.create(spec.path, sessionOptions(spec.provider, options.threads))
  } catch (error) {
    const reason = reasonOf(error)
    if (spec.provider !== 'cpu') {
      throw new AppError(
        'provider_failed',
        `${spec.label} could not be loaded on ${spec.provider}: ${reason.replace(/\.?\s*$/, '.')}`,
      )
    }
    const sentence = /Unsupported data type: 16/.test(reason)
      ? `${spec.label} takes or gives bfloat16, which cannot be passed to it; export it with float32 inputs and outputs.`
      : `${spec.label} is not a model that can be loaded: ${reason}`
    throw new AppError('model_invalid', sentence, { details: { file: spec.path } })
  }
}

function factsOf(session: InferenceSession): GraphFacts {
  const facts = (ports: readonly InferenceSession.ValueMetadata[]): PortFacts[] =>
    ports.map((value) =>
      value.isTensor
        ? { name: value.name, type: value.type, dims: [...value.shape] }
        : { name: value.name, type: 'unknown', dims: [] },
    )
  return { inputs: facts(session.inputMetadata), outputs: facts(session.outputMetadata) }
}

function buffersOf(outputs: object): ArrayBuffer[] {
  return Object.values(outputs as Record<string, { data: { buffer: ArrayBuffer } }>).map(({ data }) => data.buffer)
}
