import { writeFileSync } from 'node:fs'
import type { SyncCertificate } from '@beatloom/core'
import { openAudio, readEmbedded, rewriteEmbedded, writeMp4 } from '@beatloom/media'
import {
  drawnVideo,
  handleOf,
  makeMedia,
  nearestFrames,
  never,
  type ScratchFolder,
  scratchFolder,
  writeWav,
} from '@beatloom/media/testing'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { beatloom } from '../testing/processes.ts'

const SECONDS = 12
const RATE = 44_100

let folder: ScratchFolder
let video: string
beforeAll(async () => {
  folder = await scratchFolder()
  const beats = Array.from({ length: 23 }, (_, i) => 0.3 + 0.5 * i)
  const clicks = new Float32Array(SECONDS * RATE)
  for (const beat of beats) {
    for (let i = 0; i < 882; i++) {
      clicks[Math.round(beat * RATE) + i] = 0.5 * Math.sin((2 * Math.PI * 1000 * i) / RATE) * Math.exp(-i / 220)
    }
  }
  const wav = await writeWav(folder.file('clicks.wav'), clicks, RATE, 1)
  const { clip: audio } = await openAudio(await handleOf(wav), {}, never)
  const cuts = nearestFrames(
    beats.filter((_, i) => i % 2 === 1),
    30,
  )
  const frames = drawnVideo({ frameRate: 30, frameCount: SECONDS * 30, cuts })
  video = folder.file('clip.mp4')
  const metadata = { workflow: '{"beatloom": 1}', files: {} }
  await writeMp4({ frames, audio, path: video, preset: 'ultrafast', metadata }, never)
})
afterAll(() => folder.remove())

async function verify(args: string[], env: Record<string, string> = {}) {
  const run = beatloom(['verify', ...args], folder.file('data'), env)
  return { status: await run.ended, out: run.stdout(), err: run.stderr() }
}

it('says that picture and sound agree, with the numbers, and exits with 0', async () => {
  const { status, out } = await verify([video])
  expect(status).toBe(0)
  const lines = out.trim().split('\n')
  expect(lines[0]).toBe('clip.mp4: picture and sound agree.')
  expect(lines[1]).toMatch(
    /^The cuts fall on the beat, [\d.]+ ms (?:late|early) on the median \(11 cuts; 95 % sure of /,
  )
  expect(lines).toContain('Picture: 360 frames at 30 a second, 12.00 s, 11 hard cuts.')
  expect(lines).toContain('Beat: 120.0 BPM, 23 beats.')
  expect(lines.at(-1)).toBe('Made with Beatloom: the file carries its workflow.')
})

it('says all of it in Chinese', async () => {
  const { status, out } = await verify([video], { BEATLOOM_LANG: 'zh' })
  expect(status).toBe(0)
  expect(out).toMatch(/^clip\.mp4：画面与声音一致。\n切点落在节拍上，中位数[早晚] [\d.]+ 毫秒（11 个切点；95% 确信在 /)
  for (const line of out.trim().split('\n')) expect(line).not.toMatch(/\b(?:the|frames|cuts|sure|picture)\b/i)
})

it('exits with 1 for a shifted sound, saying by how much and which way', async () => {
  const late = ['-i', video, '-itsoffset', '0.1', '-i', video, '-map', '0:v', '-map', '1:a', '-c', 'copy']
  const shifted = await makeMedia(folder.file('shifted.mp4'), ...late)
  const { status, out } = await verify([shifted])
  expect(status).toBe(1)
  expect(out).toMatch(
    /^shifted\.mp4: picture and sound do not agree\.\nThe picture comes (?:9\d|10\d) ms early against/,
  )
  const chinese = await verify([shifted], { BEATLOOM_LANG: 'zh' })
  expect(chinese.out).toMatch(/\n画面比节拍早 (?:9\d|10\d) 毫秒（11 个切点；/)
})

it('exits with 3 where nothing can be told', async () => {
  const mute = await makeMedia(folder.file('mute.mp4'), '-i', video, '-an', '-c', 'copy')
  const { status, out } = await verify([mute])
  expect(status).toBe(3)
  expect(out).toMatch(/^mute\.mp4: whether picture and sound agree cannot be told\.\nThe video has no sound/)
})

it('prints the certificate as JSON, which the file can carry and is then measured against', async () => {
  const first = JSON.parse((await verify([video, '--json'])).out)
  expect(first).toMatchObject({ type: 'certificate', file: video, own: { certificate: 'none' } })
  const measured: SyncCertificate = first.certificate
  expect(measured.verdict).toBe('green')
  const cuts = measured.cuts.map(({ frame, seconds }) => ({ frame, markSeconds: seconds, reason: 'beat' }))
  const certificate = { ...measured, planned: { frameRate: 30, frameCount: 360, cuts } }
  const embedded = await readEmbedded(video)
  const carrier = folder.file('carrier.mp4')
  await rewriteEmbedded(video, carrier, { ...embedded!, certificate }, never)
  const second = JSON.parse((await verify([carrier, '--json'])).out)
  expect(second.own).toEqual({ certificate: 'same', remade: { outcome: 'none', reason: 'no_shots' } })
  expect(second.certificate.cutsToPlan).toMatchObject({ found: 11, missed: [], maxFrames: 0 })
  expect(second.certificate.mediaSha256).toBe(measured.mediaSha256)
})

it('refuses what is no video, what is not there and what it does not understand, each with a sentence', async () => {
  writeFileSync(folder.file('notes.mp4'), 'Not a video at all.\n')
  const text = await verify([folder.file('notes.mp4')])
  expect(text).toMatchObject({ status: 1, out: '' })
  expect(text.err).toBe('error: The file is no MP4 video: it is text. [media_unreadable]\n')
  expect(await verify(['nowhere.mp4'])).toMatchObject({ status: 2, err: 'There is no file "nowhere.mp4".\n' })
  expect(await verify([])).toMatchObject({ status: 2, err: 'Name a video file.\n' })
  expect(await verify(['a.mp4', 'b.mp4'])).toMatchObject({ status: 2, err: 'Not understood: b.mp4.\n' })
})
