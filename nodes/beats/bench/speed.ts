/**
 * Time and memory of BeatDetect for songs of several lengths, each in a process of its own:
 *   node nodes/beats/bench/speed.ts SONG [60 240 600 10800]
 * The song is played again and again up to each length and kept as MP3. Wall time counts ffmpeg, which decodes beside;
 * CPU time and memory (the largest resident set) are those of the analysis alone, without ffmpeg.
 */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { runNode } from '@beatloom/core/testing'
import { openAudio } from '@beatloom/media'
import { createModelHost } from '@beatloom/models'
import { detectBeats } from '../detect-beats.ts'

const [song, ...rest] = process.argv.slice(2)
if (!song) throw new Error('Name a sound file.')
if (rest[0] === '--one') await measure(song)
else compare(song, rest.length > 0 ? rest.map(Number) : [60, 240, 600])

function compare(path: string, lengths: number[]): void {
  const folder = mkdtempSync(join(tmpdir(), 'beatloom-speed-'))
  try {
    console.log('| seconds of song | wall | CPU | peak memory | beats |\n| --- | --- | --- | --- | --- |')
    for (const seconds of lengths) {
      const long = join(folder, `${seconds}.mp3`)
      const endless = ['-v', 'error', '-stream_loop', '-1', '-i', path, '-t', String(seconds), '-b:a', '128k', long]
      execFileSync('ffmpeg', endless)
      const self = fileURLToPath(import.meta.url)
      console.log(`| ${seconds} ${execFileSync(process.execPath, [self, long, '--one'], { encoding: 'utf8' }).trim()}`)
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function measure(path: string): Promise<void> {
  const { signal } = new AbortController()
  const models = createModelHost({ folders: [], provider: 'cpu', threads: 2 })
  const { clip: audio } = await openAudio({ path, sha256: '', name: path }, {}, signal)
  const start = performance.now()
  const before = process.cpuUsage()
  const { beats } = await runNode(detectBeats, { audio }, {}, { models })
  const { user, system } = process.cpuUsage(before)
  const wall = (performance.now() - start) / 1000
  await models.close()
  const memory = process.resourceUsage().maxRSS / 1024
  const cells = [`${wall.toFixed(1)} s`, `${((user + system) / 1e6).toFixed(1)} s`, `${memory.toFixed(0)} MiB`]
  console.log(`| ${[...cells, beats.beats.length].join(' | ')} |`)
}
