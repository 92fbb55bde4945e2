/**
 * Times the decoding of a random latent clip to finished frames, as the product does it.
 *
 *   BEATLOOM_PROVIDER=cuda node models/src/bench/video-decoder.ts MODEL_FOLDER SIZE …
 *
 * MODEL_FOLDER is one that `models/export/random_wan.py` wrote; SIZE is width, height and frames, such as 1280x704x121.
 * Prints one line of JSON per size: seconds until the first frame (with loading) and until the last, frames per second of
 * a second decoding of the same clip, and the peak of the NVIDIA device's memory.
 */
import { basename, resolve } from 'node:path'
import type { Latent } from '@beatloom/core'
import { createModelHost } from '../host/model-host.ts'
import { WAN, type WanKind } from '../wan/contract.ts'
import { decodeVideo } from '../wan/vae/decode-video.ts'
import { watchDeviceMemory } from './device-memory.ts'

const [where, ...sizes] = process.argv.slice(2)
if (!where || sizes.length === 0) throw new Error('Name the folder that random_wan.py wrote, and sizes.')
const folder = resolve(where)
const kind: WanKind = basename(folder).includes('a14b') ? 'wan-t2v' : 'wan-ti2v'
const scale = WAN[kind].pixels
const host = createModelHost({ folders: [], notice: (text) => console.error(text) })
const memory = watchDeviceMemory()
const never = new AbortController().signal

for (const size of sizes) {
  const [width, height, frames] = size.split('x').map(Number) as [number, number, number]
  const dims = [1, kind === 'wan-ti2v' ? 48 : 16, 1 + Math.floor((frames - 1) / 4), height / scale, width / scale]
  const data = Float32Array.from({ length: dims.reduce((a, b) => a * b) }, () => Math.random() * 2 - 1)
  const frameRate = WAN[kind].frameRate
  const latent: Latent = {
    family: kind,
    tensors: { hidden_states: { dims, data } },
    latentRate: frameRate / 4,
    video: { width, height, frameRate, frameCount: frames },
    reference: null,
    light: null,
  }
  const vae = { family: kind, encoder: null, decoder: { folder, component: 'vae_decoder', sha256: '' } }
  const tell = (text: string) => console.error(text)
  memory.peakGB = 0
  const times: number[][] = []
  for (let round = 0; round < 2; round++) {
    const start = performance.now()
    const read: number[] = []
    for await (const _ of decodeVideo(host, vae, latent, { tell }).frames(never)) read.push(performance.now() - start)
    times.push(read)
  }
  const [first, again] = times as [number[], number[]]
  const told = {
    size,
    frames: again.length,
    firstFrame: first[0]! / 1000,
    seconds: again.at(-1)! / 1000,
    framesPerSecond: again.length / (again.at(-1)! / 1000),
    peakGB: memory.peakGB,
  }
  console.log(JSON.stringify(told))
}
memory.end()
await host.close()
