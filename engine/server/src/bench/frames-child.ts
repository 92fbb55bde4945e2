/** Forked by the frames bench: renders SECONDS of an invented latent at 720p30 and encodes them, as a run would. */
import { join } from 'node:path'
import { writeMp4 } from '@beatloom/media'
import { decodePocket } from '@beatloom/models'
import { inventedLatent } from './invented-latent.ts'

const [seconds, folder] = [Number(process.argv[2]), process.argv[3] as string]
const frames = decodePocket(await inventedLatent(1280, 720, seconds))
await writeMp4({ frames, path: join(folder, 'clip.mp4') }, new AbortController().signal)
process.exit(0)
