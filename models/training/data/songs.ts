/**
 * Feature rows of real songs, as the product computes them, for training and measuring.
 *
 *   node models/training/data/songs.ts OUT.f32 SONG…
 *
 * Writes float32 [N, 450, 7]: stretches of 15 s, understood from what sounds around them as BeatDetect does. Beside
 * it, OUT.json lists each stretch's file name, start and tempo.
 */
import { writeFileSync } from 'node:fs'
import { basename } from 'node:path'
import { openAudio, readPcm } from '@beatloom/media'
import { analyseBeats } from '../../../nodes/beats/analyse-beats.ts'
import { audioFeatures } from '../../../nodes/beats/audio-features.ts'
import { withContext } from '../../../nodes/beats/detect-beats.ts'

const SAMPLE_RATE = 44_100
const STRETCH_SECONDS = 15
const ROWS = 450

const [out, ...files] = process.argv.slice(2)
if (!out || files.length === 0) throw new Error('Name a file to write and songs to read.')
const { signal } = new AbortController()
const stretches: { file: string; startSeconds: number; tempoBpm: number | null }[] = []
const rows: Uint8Array[] = []
for (const path of files) {
  const file = { path, sha256: '', name: path }
  const { clip: song } = await openAudio(file, {}, signal)
  for (let start = 0; start + STRETCH_SECONDS <= song.durationSeconds + 0.2; start += STRETCH_SECONDS) {
    const { clip: part } = await openAudio(file, { startSeconds: start, durationSeconds: STRETCH_SECONDS }, signal)
    const { clip, startSeconds } = withContext(part)
    const { beats } = await analyseBeats(readPcm(clip, { sampleRate: SAMPLE_RATE, channels: 1 }, signal), {
      sampleRate: SAMPLE_RATE,
      durationSeconds: STRETCH_SECONDS,
      startSeconds,
      fromBeginning: clip.startSeconds === 0,
      signal,
    })
    rows.push(new Uint8Array(audioFeatures(beats, ROWS).buffer))
    stretches.push({ file: basename(path), startSeconds: start, tempoBpm: beats.tempoBpm })
  }
}
writeFileSync(out, Buffer.concat(rows))
writeFileSync(out.replace(/\.f32$/, '.json'), `${JSON.stringify(stretches, null, 1)}\n`)
console.log(`${stretches.length} stretches of ${files.length} songs`)
