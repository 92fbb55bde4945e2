/** Run as a program: `read-clips.ts COUNT` begins that many clips of 720p, one after another, and prints resident MB after each. */
import { decodePocket } from '../decode-pocket.ts'
import { randomLatent } from './sample-latents.ts'

const FRAMES = 4
const residentMb: number[] = []
for (let clip = 0; clip < Number(process.argv[2]); clip++) {
  const latent = randomLatent(clip, { camera: 0.2, flow: 1, light: 1 }, { seconds: 3, width: 1280, height: 720 })
  let frames = 0
  for await (const _ of decodePocket(latent).frames(new AbortController().signal)) if (++frames >= FRAMES) break
  residentMb.push(process.memoryUsage().rss / 2 ** 20)
}
console.log(JSON.stringify(residentMb))
