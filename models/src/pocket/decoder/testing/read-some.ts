/** Run as a program: `read-some.ts SECONDS [FRAMES]` decodes a random latent and prints what it took. */
import { decodePocket } from '../decode-pocket.ts'
import { randomLatent } from './sample-latents.ts'

const [seconds = '3', most = '1000000'] = process.argv.slice(2)
const latent = randomLatent(1, { camera: 0.2, flow: 1, light: 1 }, { seconds: Number(seconds) })
let frames = 0
for await (const _ of decodePocket(latent).frames(new AbortController().signal)) if (++frames >= Number(most)) break
console.log(JSON.stringify({ frames, peakRssMb: process.resourceUsage().maxRSS / 1024 }))
