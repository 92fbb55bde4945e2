/**
 * Finds the beats of every sound in a folder as the node does, and writes them for score.py:
 *   node nodes/beats/bench/find-beats.ts FOLDER > FOLDER/found-beatloom.json
 * `--split "look at"` or `"held out"`: of those pieces of the manifest alone.
 */
import { readdir, readFile } from 'node:fs/promises'
import { join, parse } from 'node:path'
import { parseArgs } from 'node:util'
import type { AudioClip } from '@beatloom/core'
import { runNode } from '@beatloom/core/testing'
import { openAudio } from '@beatloom/media'
import { createModelHost } from '@beatloom/models'
import { detectBeats } from '../detect-beats.ts'

const { values, positionals } = parseArgs({ allowPositionals: true, options: { split: { type: 'string' } } })
const folder = positionals[0]
if (!folder) throw new Error('Name a folder of pieces, as make_music.py fills it.')

interface Manifest {
  pieces: { name: string; split: string }[]
}
const manifest = JSON.parse(await readFile(new URL('manifest.json', import.meta.url), 'utf8')) as Manifest
const wanted = new Set(
  manifest.pieces.flatMap(({ name, split }) => (values.split && split !== values.split ? [] : name)),
)

const found: Record<string, { beats: number[]; downbeats: number[]; tempoBpm: number | null }> = {}
let wallSeconds = 0
const models = createModelHost({ folders: [], provider: 'cpu', threads: 2 })
for (const file of (await readdir(folder)).sort()) {
  const { name, ext } = parse(file)
  if (ext !== '.wav' || !wanted.has(name)) continue
  const audio = await open(join(folder, file))
  const start = performance.now()
  const { beats } = await runNode(detectBeats, { audio }, {}, { models })
  wallSeconds += (performance.now() - start) / 1000
  found[name] = { beats: beats.beats, downbeats: beats.downbeats, tempoBpm: beats.tempoBpm }
}
await models.close()
const version = `BeatDetect version ${detectBeats.version}`
console.log(JSON.stringify({ version, wallSeconds: Math.round(10 * wallSeconds) / 10, pieces: found }))

async function open(path: string): Promise<AudioClip> {
  return (await openAudio({ path, sha256: '', name: path }, {}, new AbortController().signal)).clip
}
