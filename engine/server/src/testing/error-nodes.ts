/** The real nodes, and more that fail or wait in ways a person cannot easily bring about. */
import { AppError, defineNode, type ErrorCode, type NodeDefinition } from '@beatloom/core'
import { allNodes } from '@beatloom/nodes'
import { z } from 'zod'

const about = { version: 1, category: 'Test', description: 'For tests.' }

/** Fails with the code it is told, naming a file in somebody's home. */
const failing = defineNode({
  ...about,
  type: 'test.failing',
  title: 'Failing',
  inputs: { value: { type: 'NUMBER', optional: true } },
  outputs: { value: { type: 'NUMBER' } },
  params: z.object({ code: z.string().default('node_failed'), size: z.int().min(64).default(1024) }),
  run: ({ value }, { code }): { value: number } => {
    if (code === '') return { value: value ?? 0 }
    if (code === 'node_failed') throw new Error('It broke at /home/maria/secret.png.')
    throw new AppError(code as ErrorCode, 'It broke at /home/maria/secret.png.', { details: { path: '/home/maria/x' } })
  },
})

/** Takes its process along. */
const crashing = defineNode({
  ...about,
  type: 'test.crashing',
  title: 'Crashing',
  inputs: {},
  outputs: { value: { type: 'NUMBER' } },
  params: z.object({}),
  async run(): Promise<{ value: number }> {
    process.kill(process.pid, 'SIGKILL')
    return new Promise(() => undefined)
  },
})

/** Ten steps a second until it is told to stop. */
const slow = defineNode({
  ...about,
  type: 'test.slow',
  title: 'Slow',
  cache: 'never',
  inputs: { value: { type: 'NUMBER', optional: true } },
  outputs: { value: { type: 'NUMBER' } },
  params: z.object({ steps: z.int().default(50) }),
  async run({ value }, { steps }, { signal, progress }) {
    for (let step = 1; step <= steps; step++) {
      await new Promise((resolve) => setTimeout(resolve, 100))
      signal.throwIfAborted()
      progress(step, steps)
    }
    return { value: value ?? 1 }
  },
})

/** Gets to its fifth step of eight and stays there until it is told to stop: a run that can be looked at. */
const halfway = defineNode({
  ...about,
  type: 'test.halfway',
  title: 'Halfway',
  cache: 'never',
  inputs: { value: { type: 'NUMBER', optional: true } },
  outputs: { value: { type: 'NUMBER' } },
  params: z.object({}),
  async run(_inputs, _params, { signal, progress }): Promise<{ value: number }> {
    progress(5, 8)
    return new Promise((_resolve, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason), { once: true })
    })
  },
})

export const nodes: NodeDefinition[] = [...allNodes, failing, crashing, slow, halfway]
