import { readFile, writeFile } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import { serialize } from 'node:v8'
import { openAudio, readPcm } from '@beatloom/media'
import { readFeatures } from './analyse-beats.ts'
const m = JSON.parse(await readFile('/work/main/nodes/beats/bench/manifest.json', 'utf8'))
const s = new AbortController().signal
for (const p of m.pieces) {
  const path = `/tmp/beatsmedia/music/${p.name}.wav`, out = `/tmp/tune/${p.name}.bin`
  if (p.split !== 'look at' || !existsSync(`/tmp/beatsmedia/music/${p.name}.beats.json`) || existsSync(out)) continue
  const { clip } = await openAudio({ path, sha256: '', name: path }, {}, s)
  const f = await readFeatures(readPcm(clip, { sampleRate: 44100, channels: 1 }, s), 44100, s, undefined)
  await writeFile(out, serialize({ f, durationSeconds: clip.durationSeconds }))
}
