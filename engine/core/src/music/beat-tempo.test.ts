import { describe, expect, it } from 'vitest'
import { meterOfBeats, tempoAt, tempoCurveOf, tempoOfBeats } from './beat-tempo.ts'

/** Beats whose tempo is a function of time. */
function beatsAt(tempo: (seconds: number) => number, until: number): number[] {
  const beats = [0]
  for (let time = 60 / tempo(0); time < until; time += 60 / tempo(time)) beats.push(time)
  return beats
}

describe('tempoOfBeats', () => {
  it('is no number with fewer than two beats', () => {
    expect([tempoOfBeats([]), tempoOfBeats([3])]).toEqual([null, null])
  })
  it('counts a missing beat for nothing', () => {
    expect(tempoOfBeats([0, 0.5, 1, 2, 2.5, 3])).toBeCloseTo(120, 6)
  })
})

describe('tempoCurveOf', () => {
  it('is one point for a steady piece, even with a beat missing and a wavering of 5 ms', () => {
    const beats = beatsAt(() => 120, 20).map((time, i) => time + (i % 2 === 0 ? 0.005 : -0.005))
    const [only, ...rest] = tempoCurveOf(beats.toSpliced(7, 1))
    expect(rest).toEqual([])
    expect(only?.seconds).toBe(beats[0])
    expect(only?.bpm).toBeCloseTo(120, 0)
  })

  it('follows a ritardando to within 2 %, and needs few points for it', () => {
    const tempo = (seconds: number) => 120 - seconds
    const curve = tempoCurveOf(beatsAt(tempo, 40))
    expect(curve.length).toBeLessThan(8)
    for (const seconds of [5, 15, 25, 35]) {
      expect(Math.abs((tempoAt(curve, seconds) as number) / tempo(seconds) - 1)).toBeLessThan(0.02)
    }
  })

  it('follows rubato, which goes and comes back', () => {
    const tempo = (seconds: number) => 90 * (1 + 0.12 * Math.sin((2 * Math.PI * seconds) / 12))
    const curve = tempoCurveOf(beatsAt(tempo, 48))
    for (const seconds of [9, 15, 21, 27, 33, 39]) {
      // Three beats on either side blur the turning points: 4 %.
      expect(Math.abs((tempoAt(curve, seconds) as number) / tempo(seconds) - 1)).toBeLessThan(0.04)
    }
  })

  it('has both tempi of a piece that changes at once', () => {
    const curve = tempoCurveOf([...beatsAt(() => 120, 20), ...beatsAt(() => 80, 20).map((time) => time + 20)])
    expect(tempoAt(curve, 10)).toBeCloseTo(120, 0)
    expect(tempoAt(curve, 30)).toBeCloseTo(80, 0)
  })

  it('is empty where there is no beat', () => {
    expect(tempoCurveOf([])).toEqual([])
    expect(tempoAt([], 1)).toBeNull()
  })
})

describe('meterOfBeats', () => {
  it('is the length of most bars', () => {
    const beats = [0, 1, 2, 3, 4, 5, 6, 7, 8]
    expect(meterOfBeats(beats, [0, 3, 6, 8])).toBe(3)
    expect(meterOfBeats(beats, [0])).toBeNull()
  })
})
