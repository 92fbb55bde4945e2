/** Forked by the decoder bench: `decoder-child.ts WIDTH HEIGHT`, or `decoder-child.ts preview [busy]`; prints frames per second. */
import { Worker } from 'node:worker_threads'
import { decodePocket, previewPocket } from '@beatloom/models'
import { inventedLatent } from './invented-latent.ts'

const [first = '', second = ''] = process.argv.slice(2)

/** One core's worth of arithmetic, as a sampler would be doing meanwhile. */
const BUSY = 'let x = 1; for (;;) for (let i = 0; i < 1e7; i++) x = Math.sin(x) + 1'

async function wholeFrames(width: number, height: number): Promise<number> {
  const frames = decodePocket(await inventedLatent(width, height, 8))
  const startedAt = performance.now()
  let count = 0
  for await (const _ of frames.frames(new AbortController().signal)) count++
  return count / ((performance.now() - startedAt) / 1000)
}

async function previews(busy: boolean): Promise<number> {
  const latent = await inventedLatent(1280, 720, 8)
  // The first preview shrinks the picture; a sampler asks again at every step.
  await previewPocket(latent)
  const workers = Array.from({ length: busy ? 2 : 0 }, () => new Worker(BUSY, { eval: true }))
  const startedAt = performance.now()
  let count = 0
  for (let step = 0; step < 8; step++) count += (await previewPocket(latent)).frameCount
  const perSecond = count / ((performance.now() - startedAt) / 1000)
  await Promise.all(workers.map((worker) => worker.terminate()))
  return perSecond
}

const rate = first === 'preview' ? await previews(second === 'busy') : await wholeFrames(Number(first), Number(second))
process.stdout.write(`${rate}\n`)
process.exit(0)
