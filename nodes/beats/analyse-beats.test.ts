import { type Beats, tempoAt } from '@beatloom/core'
import { describe, expect, it } from 'vitest'
import { analyseBeats, type BeatAnalysisOptions } from './analyse-beats.ts'
import { scoreBeats } from './f-measure.ts'
import { drumLoop, type Hit, inChunks, randomFrom, render, SAMPLE_RATE, steadyBeats } from './synthetic-sounds.ts'

const never = new AbortController().signal

async function analyse(samples: Float32Array, options: Partial<BeatAnalysisOptions> = {}): Promise<Beats> {
  const durationSeconds = samples.length / SAMPLE_RATE
  const all = { sampleRate: SAMPLE_RATE, durationSeconds, signal: never, ...options }
  return (await analyseBeats(inChunks(samples), all)).beats
}

const clicks = (times: number[], seconds: number): Float32Array =>
  render(
    times.map((time): Hit => ({ time, sound: 'click' })),
    seconds,
  )

const everyNth = (times: number[], n: number): number[] => times.filter((_, i) => i % n === 0)

function allValues({ envelopes: { onset, bass, mid, high, loudness } }: Beats): number[] {
  return [onset, bass, mid, high, loudness].flatMap((values) => [...values])
}

describe('clicks', () => {
  it.each([60, 75, 90, 110, 120, 128, 140, 160, 180, 200])(
    'at %i BPM: every click, within 10 ms, no constant lag',
    async (bpm) => {
      const times = steadyBeats(bpm, 8, 0.21)
      const found = await analyse(clicks(times, 8))
      const score = scoreBeats(found.beats, times)
      expect(score.fMeasure).toBeGreaterThanOrEqual(0.95)
      expect(score.medianAbsoluteError).toBeLessThanOrEqual(0.01)
      expect(Math.abs(score.medianError)).toBeLessThanOrEqual(0.004)
      expect(found.tempoBpm).toBeCloseTo(bpm, bpm > 150 ? -0.3 : 0)
      expect(found.tempoCandidates[0]?.bpm).toBe(found.tempoBpm)
      const octaves = found.tempoCandidates.map((candidate) => candidate.bpm / (found.tempoBpm as number))
      expect(octaves.toSorted((a, b) => a - b)).toEqual([0.5, 1, 2])
      expect(found.tempoCandidates.every(({ salience }) => salience >= 0 && salience <= 1)).toBe(true)
    },
  )

  it('are followed when they waver by 15 ms', async () => {
    const times = steadyBeats(112, 15, 0.1, 0.015, 5)
    const found = await analyse(clicks(times, 15))
    expect(scoreBeats(found.beats, times).fMeasure).toBeGreaterThanOrEqual(0.95)
    expect(scoreBeats(found.beats, times).medianAbsoluteError).toBeLessThanOrEqual(0.01)
  })

  it('begin with the one at time 0', async () => {
    const found = await analyse(clicks(steadyBeats(120, 5), 5))
    expect(found.beats[0]).toBeLessThan(0.01)
    expect(found.beats).toHaveLength(10)
  })
})

describe('short songs', () => {
  const cases = [3, 5, 8, 15].flatMap((seconds) => [90, 120, 140].map((bpm) => [seconds, bpm] as const))
  it.each(cases)('of %i s at %i BPM: beats of drums, bass and chords', async (seconds, bpm) => {
    const times = steadyBeats(bpm, seconds, 0.17)
    const found = await analyse(drumLoop(times, 4, seconds))
    const score = scoreBeats(found.beats, times)
    expect(score.fMeasure).toBeGreaterThanOrEqual(0.95)
    expect(score.medianAbsoluteError).toBeLessThanOrEqual(0.01)
    expect(found.confidence).toBeGreaterThan(0.5)
  })
})

describe('bars', () => {
  it.each([3, 4] as const)('of %i beats are told apart, and their first beats found', async (meter) => {
    const times = steadyBeats(104, 12, 0.3)
    const found = await analyse(drumLoop(times, meter, 12))
    expect(found.meter).toBe(meter)
    expect(scoreBeats(found.downbeats, everyNth(times, meter)).fMeasure).toBeGreaterThanOrEqual(0.95)
  })

  it('may begin with an upbeat', async () => {
    const times = steadyBeats(104, 12, 0.3)
    const loop = drumLoop(times.slice(1), 4, 12)
    const upbeat = render([{ time: 0.3, sound: 'snare' }], 12)
    const found = await analyse(loop.map((sample, i) => sample + (upbeat[i] as number)))
    expect(scoreBeats(found.downbeats, everyNth(times.slice(1), 4)).fMeasure).toBeGreaterThanOrEqual(0.95)
  })

  it('keep to the meter that is asked for', async () => {
    const times = steadyBeats(120, 9, 0)
    expect((await analyse(drumLoop(times, 4, 9), { meters: [3] })).meter).toBe(3)
  })
})

describe('tempo', () => {
  it('follows a hint to half or double time', async () => {
    const times = steadyBeats(150, 10)
    const loop = drumLoop(times, 4, 10)
    expect((await analyse(loop)).tempoBpm).toBeCloseTo(150, 0)
    expect((await analyse(loop, { tempoHint: 75 })).tempoBpm).toBeCloseTo(75, 0)
  })

  it('stays within the range asked for', async () => {
    const loop = drumLoop(steadyBeats(140, 10), 4, 10)
    expect((await analyse(loop, { minTempo: 50, maxTempo: 100 })).tempoBpm).toBeCloseTo(70, 0)
  })

  it('is carried by the music around a short stretch', async () => {
    const times = steadyBeats(97, 23, 0.2)
    const found = await analyse(drumLoop(times, 4, 23), { startSeconds: 10, durationSeconds: 3 })
    const within = times.filter((time) => time >= 10 && time < 13).map((time) => time - 10)
    expect(scoreBeats(found.beats, within).fMeasure).toBe(1)
    expect(found.tempoBpm).toBeCloseTo(97, 0)
    expect(found.envelopes.onset).toHaveLength(300)
  })
})

describe('the course of a piece', () => {
  it('tempo: the curve follows a song that slows down', async () => {
    const times: number[] = []
    for (let time = 0.3; time < 29.5; time += 60 / (132 - 1.2 * time)) times.push(time)
    const found = await analyse(drumLoop(times, 4, 30))
    expect(scoreBeats(found.beats, times).fMeasure).toBeGreaterThanOrEqual(0.95)
    for (const seconds of [5, 12, 19, 26]) {
      expect(tempoAt(found.tempoCurve ?? [], seconds)).toBeGreaterThan(0.97 * (132 - 1.2 * seconds))
      expect(tempoAt(found.tempoCurve ?? [], seconds)).toBeLessThan(1.03 * (132 - 1.2 * seconds))
    }
  })

  it('tempo: a steady song has one point', async () => {
    const found = await analyse(drumLoop(steadyBeats(120, 12, 0.2), 4, 12))
    expect(found.tempoCurve).toHaveLength(1)
    expect(found.tempoCurve?.[0]?.bpm).toBeCloseTo(120, 0)
  })

  it('sections: quiet, loud and quiet again, on bar lines, with their energy', async () => {
    const times = steadyBeats(120, 48)
    const loop = drumLoop(times, 4, 48)
    const found = await analyse(
      loop.map((sample, i) => sample * (i >= 16 * SAMPLE_RATE && i < 32 * SAMPLE_RATE ? 1 : 0.1)),
    )
    const sections = found.sections ?? []
    expect(sections.map(({ label }) => label)).toEqual(['A', 'B', 'A'])
    expect(sections.map(({ startSeconds }) => Math.round(startSeconds))).toEqual([0, 16, 32])
    expect(sections.at(-1)?.endSeconds).toBe(48)
    const [quiet, loud, again] = sections.map(({ energy }) => energy) as [number, number, number]
    expect(loud).toBeGreaterThan(0.9)
    expect(quiet).toBeLessThan(0.1)
    expect(again).toBeLessThan(0.1)
  })

  it('onsets: where something begins to sound, beat or not, within 10 ms', async () => {
    const times = [0.5, 0.9, 1.77, 2.1, 3.6, 3.85, 5.2, 6.9, 7.05]
    const hits = times.map((time, i): Hit => ({ time, sound: 'pluck', hz: 300 + 60 * i }))
    const score = scoreBeats((await analyse(render(hits, 8))).onsets ?? [], times, 0.01)
    expect([score.precision, score.recall]).toEqual([1, 1])
  })

  it('onsets: never more than eight in a second, however fast the music', async () => {
    const onsets = (await analyse(clicks(steadyBeats(600, 6), 6))).onsets ?? []
    expect(onsets.length).toBeGreaterThan(25)
    for (const [i, time] of onsets.entries()) expect((onsets[i + 8] ?? time + 2) - time).toBeGreaterThanOrEqual(1)
  })

  it('hits at no steady time: no beat, but onsets, and sections that cover the piece', async () => {
    const random = randomFrom(5)
    const times = Array.from({ length: 24 }, () => 0.3 + 19 * random()).sort((a, b) => a - b)
    const hits = times.map(
      (time): Hit => ({ time, sound: 'pluck', hz: 200 + 600 * random(), gain: time < 10 ? 0.05 : 1 }),
    )
    const found = await analyse(render(hits, 20))
    expect(found).toMatchObject({ beats: [], tempoBpm: null, tempoCurve: [], tempoCandidates: [] })
    expect(found.onsets?.length).toBeGreaterThan(8)
    const sections = found.sections ?? []
    expect([sections[0]?.startSeconds, sections.at(-1)?.endSeconds]).toEqual([0, 20])
    expect(sections.slice(1).map((each) => each.startSeconds)).toEqual(
      sections.slice(0, -1).map((each) => each.endSeconds),
    )
    expect(sections.at(-1)?.energy).toBeGreaterThan(sections[0]?.energy as number)
  })
})

describe('sound without a beat', () => {
  it('silence: nothing, and zeros everywhere', async () => {
    const found = await analyse(new Float32Array(3 * SAMPLE_RATE))
    expect(found).toMatchObject({
      beats: [],
      downbeats: [],
      tempoBpm: null,
      meter: null,
      confidence: 0,
      tempoCandidates: [],
      tempoCurve: [],
      onsets: [],
      sections: [{ startSeconds: 0, endSeconds: 3, label: 'A', energy: 0 }],
    })
    expect(allValues(found).every((value) => value === 0)).toBe(true)
  })

  it('no samples at all: nothing', async () => {
    const found = await analyse(new Float32Array(0))
    expect(found).toMatchObject({ beats: [], tempoBpm: null, confidence: 0 })
  })

  it.each([3, 8, 15])('%i s of noise: no beats, low confidence', async (seconds) => {
    const random = randomFrom(11 + seconds)
    const noise = Float32Array.from({ length: seconds * SAMPLE_RATE }, () => 0.5 * (2 * random() - 1))
    const found = await analyse(noise)
    expect(found).toMatchObject({ beats: [], downbeats: [], tempoBpm: null })
    expect(found.confidence).toBeLessThan(0.15)
  })

  it('a steady tone: no beats, and levels that stand still', async () => {
    const tone = Float32Array.from(
      { length: 5 * SAMPLE_RATE },
      (_, i) => 0.4 * Math.sin((2 * Math.PI * 330 * i) / SAMPLE_RATE),
    )
    const found = await analyse(tone)
    expect(found.beats).toEqual([])
    const middle = found.envelopes.mid.slice(100, 400)
    expect(Math.max(...middle) - Math.min(...middle)).toBeLessThan(0.1)
  })
})

describe('the recording', () => {
  const times = steadyBeats(118, 8, 0.2)
  const loop = drumLoop(times, 4, 8)

  it('may be quiet: the beats stay', async () => {
    const quiet = await analyse(loop.map((sample) => sample * 0.02))
    expect(scoreBeats(quiet.beats, times).fMeasure).toBeGreaterThanOrEqual(0.95)
  })

  it('may have an offset: beats and bass stay the same', async () => {
    const plain = await analyse(loop)
    const shifted = await analyse(loop.map((sample) => sample + 0.3))
    expect(scoreBeats(shifted.beats, plain.beats, 0.0002).fMeasure).toBe(1)
    const difference = plain.envelopes.bass.map((value, t) => Math.abs(value - (shifted.envelopes.bass[t] as number)))
    expect(Math.max(...difference)).toBeLessThan(0.02)
  })

  it('may hold broken samples: they count as silence', async () => {
    const broken = loop.slice()
    broken[1000] = Number.NaN
    broken[90_000] = Number.POSITIVE_INFINITY
    const found = await analyse(broken)
    expect(scoreBeats(found.beats, times).fMeasure).toBeGreaterThanOrEqual(0.95)
    expect(allValues(found).every((value) => value >= 0 && value <= 1)).toBe(true)
  })

  it('may end in padding: no beats there, and the music is read as if alone', async () => {
    const padded = new Float32Array(12 * SAMPLE_RATE)
    padded.set(loop)
    const found = await analyse(padded)
    expect(scoreBeats(found.beats, times).fMeasure).toBeGreaterThanOrEqual(0.95)
    expect(found.beats.at(-1)).toBeLessThan(8)
    expect(found.envelopes.onset).toHaveLength(1200)
  })

  it('comes in chunks of any size, with the same result', async () => {
    const options = { sampleRate: SAMPLE_RATE, durationSeconds: 8, signal: never }
    const large = await analyseBeats(inChunks(loop, 1 << 18), options)
    const small = await analyseBeats(inChunks(loop, 333), options)
    expect(small).toEqual(large)
  })

  it('ends the analysis when the signal aborts', async () => {
    const abort = new AbortController()
    const options = {
      sampleRate: SAMPLE_RATE,
      durationSeconds: 8,
      signal: abort.signal,
      onProgress: () => abort.abort(),
    }
    await expect(analyseBeats(inChunks(loop), options)).rejects.toMatchObject({ code: 'run_cancelled' })
  })
})
