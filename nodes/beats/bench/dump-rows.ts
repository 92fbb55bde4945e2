/**
 * Writes what the beat network reads of every sound in a folder, as the product computes it, for models/training/beats:
 *   node nodes/beats/bench/dump-rows.ts FOLDER OUT [NAME ...]
 * OUT/NAME.u8: `[rows, bands]`, 50 rows a second, log magnitudes times 64. What is there already stays.
 */
import { existsSync } from 'node:fs'
import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { join, parse } from 'node:path'
import { openAudio, readPcm } from '@beatloom/media'
import { BandRows } from '../band-rows.ts'
import { FeatureCollector } from '../sound-features.ts'
import { eachSpectralFrame } from '../spectral-frames.ts'

const SAMPLE_RATE = 44_100
const [folder, out, ...names] = process.argv.slice(2)
if (!folder || !out) throw new Error('Name a folder of sounds, and one to write to.')
await mkdir(out, { recursive: true })
const { signal } = new AbortController()
for (const file of (await readdir(folder)).sort()) {
  const { name, ext } = parse(file)
  const target = join(out, `${name}.u8`)
  if (ext !== '.wav' || (names.length > 0 && !names.includes(name)) || existsSync(target)) continue
  // Its beats are written after the sound: without them it is still being made.
  if (!existsSync(join(folder, `${name}.beats.json`))) continue
  const { clip } = await openAudio({ path: join(folder, file), sha256: '', name }, {}, signal)
  let rows: BandRows | undefined
  const collector: FeatureCollector = new FeatureCollector(SAMPLE_RATE, (bands) => {
    rows ??= new BandRows(bands.length)
    rows.push(bands)
  })
  const pcm = readPcm(clip, { sampleRate: SAMPLE_RATE, channels: 1 }, signal)
  await eachSpectralFrame(pcm, SAMPLE_RATE, signal, (frame) => collector.push(frame))
  collector.finish()
  rows?.finish()
  if (!rows) continue
  const bytes = Uint8Array.from(rows.first(rows.count), (value) => Math.min(255, Math.round(64 * value)))
  await writeFile(target, bytes)
}
