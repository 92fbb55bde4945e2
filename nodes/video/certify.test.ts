import type { AudioClip, PlannedCuts, SyncCertificate } from '@beatloom/core'
import { hashMedia, openAudio, readEmbedded, rewriteEmbedded, writeMp4 } from '@beatloom/media'
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
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { drumLoop, randomFrom, SAMPLE_RATE, steadyBeats } from '../beats/synthetic-sounds.ts'
import { certify } from './certify.ts'

const SECONDS = 16
const BPM = 112

let folder: ScratchFolder
let song: AudioClip
beforeAll(async () => {
  folder = await scratchFolder()
  song = await clipOf('song', drumLoop(beats, 4, SECONDS))
})
afterAll(() => folder.remove())

async function clipOf(name: string, samples: Float32Array): Promise<AudioClip> {
  // Leaves room above: the loops are louder than full scale.
  const quieter = samples.map((sample) => 0.7 * sample)
  const wav = await writeWav(folder.file(`${name}.wav`), quieter, SAMPLE_RATE, 1)
  return (await openAudio(await handleOf(wav), {}, never)).clip
}

const beats = steadyBeats(BPM, SECONDS, 0.3)
const marks = beats.filter((beat, i) => i % 3 === 1 && beat < SECONDS - 0.5)

const planAt = (frameRate: number): PlannedCuts => ({
  frameRate,
  frameCount: SECONDS * frameRate,
  cuts: marks.map((markSeconds) => ({ frame: Math.round(markSeconds * frameRate), markSeconds, reason: 'beat' })),
})

/** Made as ours are: cuts at the frames nearest to beats. */
const made = new Map<string, Promise<string>>()
function videoAt(frameRate: number, name = 'cut', cuts = nearestFrames(marks, frameRate), audio?: AudioClip | null) {
  const key = `${name}-${frameRate}`
  const path = folder.file(`${key}.mp4`)
  const write = async (): Promise<string> => {
    const frames = drawnVideo({ frameRate, frameCount: SECONDS * frameRate, cuts, seed: frameRate })
    await writeMp4({ frames, audio: audio === null ? undefined : (audio ?? song), path, preset: 'ultrafast' }, never)
    return path
  }
  if (!made.has(key)) made.set(key, write())
  return made.get(key) as Promise<string>
}

const codes = (certificate: SyncCertificate, level: string): string[] =>
  certificate.reasons.filter((reason) => reason.level === level).map((reason) => reason.code)

const textOf = (certificate: SyncCertificate, code: string): string =>
  certificate.reasons.find((reason) => reason.code === code)?.text ?? ''

describe('a video of ours', () => {
  it.each([24, 30])(
    'is green at %d frames a second: every cut at its frame, the sound where the song has it',
    async (rate) => {
      const certificate = await certify({ path: await videoAt(rate), planned: planAt(rate), song }, never)
      expect(certificate.verdict).toBe('green')
      expect(codes(certificate, 'good').sort()).toEqual(['cuts_on_beats', 'cuts_on_marks', 'sound_in_place'])
      expect(certificate.picture).toMatchObject({ frames: SECONDS * rate, frameRate: rate, isSteady: true, startMs: 0 })
      expect(certificate.cutsToPlan).toMatchObject({ found: marks.length, missed: [], unplanned: 0, maxFrames: 0 })
      // Cuts are at the nearest frame, so half a frame off at most; the analysis adds up to 10 ms.
      expect(certificate.cutsToPlan?.markP95Ms).toBeLessThanOrEqual(500 / rate)
      expect(certificate.cutsToBeats?.p95Ms).toBeLessThanOrEqual(500 / rate + 10)
      expect(Math.abs(certificate.source?.offsetMs ?? 99)).toBeLessThan(1)
      expect(Math.abs(certificate.source?.loudnessDifferenceLu ?? 99)).toBeLessThan(0.2)
      expect(certificate.startDifferenceMs).toBe(0)
      expect(Math.abs(certificate.lengthDifferenceMs ?? 99)).toBeLessThan(1)
    },
  )

  it('is green without its plan and its song as well, by the cuts alone', async () => {
    const certificate = await certify({ path: await videoAt(30) }, never)
    expect(certificate.verdict).toBe('green')
    expect(certificate.planned).toBeNull()
    expect(certificate.beats?.tempoBpm).toBeCloseTo(BPM, 0)
  })

  it('carries its certificate, which leaves picture and sound as they were and goes with the workflow', async () => {
    const path = await videoAt(30)
    const certificate = await certify({ path, planned: planAt(30) }, never)
    const carrier = folder.file('carrier.mp4')
    await rewriteEmbedded(path, carrier, { workflow: '{"beatloom": 1}', files: {}, certificate }, never)
    expect((await readEmbedded(carrier))?.certificate).toEqual(certificate)
    expect(await hashMedia(carrier, never)).toBe(certificate.mediaSha256)
    expect(await certify({ path: carrier, planned: planAt(30) }, never)).toEqual(certificate)
    const bare = folder.file('bare.mp4')
    await rewriteEmbedded(carrier, bare, null, never)
    expect(await readEmbedded(bare)).toBeNull()
  })
})

describe('a video whose sound was shifted by three frames', () => {
  const shifted = async (rate: number, late: 'picture' | 'sound'): Promise<string> => {
    const path = await videoAt(rate)
    const delay = ['-itsoffset', (3 / rate).toFixed(6), '-i', path]
    const inputs = late === 'picture' ? [...delay, '-i', path] : ['-i', path, ...delay]
    const maps = ['-map', '0:v', '-map', '1:a', '-c', 'copy']
    return makeMedia(folder.file(`${late}-late-${rate}.mp4`), ...inputs, ...maps)
  }

  it.each([
    [24, 'picture'],
    [24, 'sound'],
    [30, 'picture'],
    [30, 'sound'],
  ] as const)('is red at %d frames a second with a late %s, and says by how much', async (rate, late) => {
    const straight = await certify({ path: await videoAt(rate) }, never)
    const certificate = await certify({ path: await shifted(rate, late) }, never)
    expect(certificate.verdict).toBe('red')
    expect(codes(certificate, 'red')).toEqual([late === 'picture' ? 'picture_late' : 'picture_early'])
    const moved = (certificate.cutsToBeats?.shiftMs ?? 0) - (straight.cutsToBeats?.shiftMs ?? 0)
    const wanted = (late === 'picture' ? 3000 : -3000) / rate
    // Containers keep the delay in whole milliseconds; the analysis works in steps of 10 ms and interpolates.
    expect(Math.abs(moved - wanted)).toBeLessThanOrEqual(3)
    const said = Math.round(Math.abs(certificate.cutsToBeats?.shiftMs ?? 0))
    const way = late === 'picture' ? 'late' : 'early'
    expect(textOf(certificate, `picture_${way}`)).toMatch(`The picture comes ${said} ms ${way} against the beat (`)
  })

  it('is told which of the two is off by the song', async () => {
    const late = await certify({ path: await shifted(30, 'sound'), planned: planAt(30), song }, never)
    expect(Math.abs((late.source?.offsetMs ?? 0) - 100)).toBeLessThan(1.5)
    expect(codes(late, 'red')).toEqual(
      expect.arrayContaining(['sound_late', 'starts_apart', 'cuts_off_marks', 'picture_early']),
    )
    const straight = await certify({ path: await shifted(30, 'picture'), planned: planAt(30), song }, never)
    expect(Math.abs(straight.source?.offsetMs ?? 99)).toBeLessThan(1.5)
    expect(codes(straight, 'red')).toEqual(expect.arrayContaining(['starts_apart', 'cuts_off_marks', 'picture_late']))
    expect(straight.startDifferenceMs).toBeCloseTo(-100, 0)
  })
})

describe('what else can be wrong', () => {
  const encode = ['-c:v', 'libx264', '-preset', 'ultrafast', '-c:a', 'copy']
  const changed = async (name: string, ...args: string[]): Promise<string> =>
    makeMedia(folder.file(`${name}.mp4`), '-i', await videoAt(30), ...args)

  it('missing frames: a hole in the clock, or fewer than planned', async () => {
    const hole = await changed('hole', '-vf', "select='not(between(n,200,204))'", '-vsync', 'vfr', ...encode)
    const holed = await certify({ path: hole }, never)
    expect(holed.picture.missingFrames).toBe(5)
    expect(codes(holed, 'red')).toEqual(['frames_missing'])
    const closed = await changed('closed', '-vf', "select='not(between(n,200,204))',setpts=N/30/TB", ...encode)
    const short = await certify({ path: closed, planned: planAt(30) }, never)
    expect(codes(short, 'red')).toEqual(expect.arrayContaining(['frame_count', 'ends_apart', 'cuts_off_plan']))
    expect(textOf(short, 'frame_count')).toBe('The video has 475 frames; its plan has 480.')
  })

  it('cuts elsewhere than planned, and alike pictures where one is planned', async () => {
    const plan = planAt(30)
    const moved = { ...plan, cuts: plan.cuts.map((cut) => ({ ...cut, frame: cut.frame + 20 })) }
    const elsewhere = await certify({ path: await videoAt(30), planned: moved }, never)
    expect(codes(elsewhere, 'red')).toEqual(['cuts_off_plan'])
    const between = { frame: 100, markSeconds: null, reason: 'hand' }
    const unseen = await certify(
      { path: await videoAt(30), planned: { ...plan, cuts: [...plan.cuts, between] } },
      never,
    )
    expect(unseen.verdict).toBe('green')
    expect(unseen.cutsToPlan?.missed).toEqual([100])
    expect(codes(unseen, 'note')).toEqual(['cuts_unseen'])
  })

  it('sound that ends early', async () => {
    const path = await videoAt(30)
    const cut = ['-t', '12', '-i', path, '-map', '0:v', '-map', '1:a', '-c', 'copy']
    const short = await certify({ path: await makeMedia(folder.file('short.mp4'), '-i', path, ...cut) }, never)
    expect(short.verdict).toBe('red')
    expect(short.lengthDifferenceMs).toBeGreaterThan(-4050)
    expect(short.lengthDifferenceMs).toBeLessThan(-3950)
    expect(textOf(short, 'ends_apart')).toMatch(/^The sound ends (39|40)\d\d ms before the picture\.$/)
  })

  it('a clock that varies: worth a note in a video of others, whose cuts still fall on beats, and red in ours', async () => {
    const ticks = ['-vsync', 'vfr', '-enc_time_base', '1:90000', '-video_track_timescale', '90000']
    const path = await changed('varies', '-vf', "setpts='PTS+0.004*sin(N)/TB'", ...ticks, ...encode)
    const other = await certify({ path }, never)
    expect(other.picture.isSteady).toBe(false)
    expect(other.verdict).toBe('green')
    expect(codes(other, 'note')).toContain('frame_rate_varies')
    expect(codes(await certify({ path, isOurs: true }, never), 'red')).toContain('frame_rate_varies')
  })

  it('the sound of another song', async () => {
    const other = await clipOf('other', drumLoop(steadyBeats(97, SECONDS, 0.1), 3, SECONDS))
    const certificate = await certify({ path: await videoAt(30), song: other }, never)
    expect(codes(certificate, 'red')).toEqual(['other_sound'])
  })
})

describe('what cannot be told', () => {
  it('without sound', async () => {
    const certificate = await certify({ path: await videoAt(30, 'mute', undefined, null) }, never)
    expect(certificate).toMatchObject({ verdict: 'unknown', sound: null, beats: null, startDifferenceMs: null })
    expect(codes(certificate, 'unknown')).toEqual(['no_sound'])
  })

  it('without cuts, unless the song is there to compare', async () => {
    const path = await videoAt(30, 'uncut', [])
    const alone = await certify({ path }, never)
    expect(alone).toMatchObject({ verdict: 'unknown', cuts: [], cutsToBeats: null })
    expect(codes(alone, 'unknown')).toEqual(['no_cuts'])
    const compared = await certify({ path, song }, never)
    expect(compared.verdict).toBe('green')
    expect(codes(compared, 'note')).toEqual(['no_cuts'])
  })

  it('without a beat in the sound', async () => {
    const random = randomFrom(11)
    const noise = await clipOf(
      'noise',
      Float32Array.from({ length: SECONDS * SAMPLE_RATE }, () => 0.2 * (random() - 0.5)),
    )
    const certificate = await certify({ path: await videoAt(30, 'noise', undefined, noise) }, never)
    expect(codes(certificate, 'unknown')).toEqual(['no_beat'])
    expect(certificate.beats?.tempoBpm).toBeNull()
  })

  it('in digital silence', async () => {
    const silence = await clipOf('silence', new Float32Array(SECONDS * SAMPLE_RATE))
    const certificate = await certify({ path: await videoAt(30, 'silent', undefined, silence) }, never)
    expect(codes(certificate, 'unknown')).toEqual(['silent'])
    expect(certificate.sound?.silences).toHaveLength(1)
  })
})

it('refuses what is no video, and stops when it is told to', async () => {
  await expect(certify({ path: song.file.path }, never)).rejects.toMatchObject({
    code: 'media_unreadable',
    message: 'The file is no MP4 video: it is a WAV sound.',
  })
  const stopped = AbortSignal.timeout(50)
  await expect(certify({ path: await videoAt(30) }, stopped)).rejects.toMatchObject({ code: 'run_cancelled' })
})
