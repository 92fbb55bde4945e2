/**
 * A process of its own that tries one provider on one graph, beside the CPU. It may crash in native code; whoever
 * forked it then reads that from its exit.
 */
import type { TensorData } from '@beatloom/core'
import { reasonOf } from '@beatloom/core/errors'
import { env, InferenceSession, Tensor } from '../host/onnx-runtime.ts'
import type { ProviderName } from '../host/protocol.ts'
import { sessionOptions } from '../host/session-options.ts'
import { noLora } from '../host/tensor-io.ts'
import type { ProbeRequest, ProbeResult } from './probe-protocol.ts'

// Which library is missing stands in the log only; whoever forked this reads it.
env.logLevel = 'error'

process.once('message', async (request: ProbeRequest) => {
  const result = await probe(request).catch((error): ProbeResult => ({ ok: false, reason: reasonOf(error) }))
  process.send!(result, () => process.exit(0))
})

async function probe(request: ProbeRequest): Promise<ProbeResult> {
  const tried = await timed(request, request.provider)
  const reference = await timed(request, 'cpu')
  return {
    ok: true,
    seconds: tried.seconds,
    cpuSeconds: reference.seconds,
    difference: relativeDifference(tried.output, reference.output),
  }
}

async function timed(request: ProbeRequest, provider: ProviderName) {
  const session = await InferenceSession.create(request.graphPath, sessionOptions(provider, request.threads))
  const feeds = Object.fromEntries(
    Object.entries({ ...withoutLoras(session), ...request.inputs }).map(([name, { dims, data }]) => [
      name,
      new Tensor(data as Float32Array, dims),
    ]),
  )
  let output = await session.run(feeds)
  let seconds = Infinity
  for (let run = 0; run < request.runs; run++) {
    const start = performance.now()
    output = await session.run(feeds)
    seconds = Math.min(seconds, (performance.now() - start) / 1000)
  }
  const values = Object.values(output).map((tensor) => Float32Array.from((tensor as Tensor).data as Float32Array))
  await session.release()
  return { seconds, output: values }
}

function withoutLoras(session: InferenceSession): Record<string, TensorData> {
  const off = session.inputMetadata.map((port) => {
    const tensor = port.isTensor ? noLora({ name: port.name, type: port.type, dims: [...port.shape] }) : null
    return [port.name, tensor] as const
  })
  return Object.fromEntries(off.filter((entry): entry is [string, TensorData] => entry[1] !== null))
}

/** Largest deviation over the largest value; NaN where an output is not a number. */
function relativeDifference(actual: Float32Array[], expected: Float32Array[]): number {
  let deviation = 0
  let size = 1e-6
  expected.forEach((values, n) => {
    values.forEach((value, k) => {
      const distance = Math.abs(actual[n]![k]! - value)
      deviation = distance > deviation || Number.isNaN(distance) ? distance : deviation
      size = Math.max(size, Math.abs(value))
    })
  })
  return deviation / size
}
