import { expect, it } from 'vitest'
import { drumLoop, inChunks, randomFrom, steadyBeats } from '../../beats/synthetic-sounds.ts'
import { soundOffset, WindowKeeper, windowStarts } from './sound-offset.ts'

const RATE = 44_100

async function kept(sound: Float32Array, starts: readonly number[], startSeconds: number): Promise<WindowKeeper> {
  const keeper = new WindowKeeper(starts, startSeconds, RATE)
  let passed = 0
  for await (const chunk of keeper.watch(inChunks(sound))) passed += chunk.length
  expect(passed).toBe(sound.length)
  return keeper
}

const song = drumLoop(steadyBeats(120, 30), 4, 30)
const starts = windowStarts(30, RATE)

it.each([0, 0.0007, -0.0031, 0.1, -0.125, 1.5])(
  'finds a song heard %d s late, to a tenth of a millisecond',
  async (late) => {
    const offset = soundOffset(await kept(song, starts, late), await kept(song, starts, 0), RATE)
    expect(offset?.offsetMs).toBeCloseTo(1e3 * late, 1)
    expect(offset?.driftMs).toBeLessThan(0.1)
    expect(offset?.match).toBeGreaterThan(0.7)
  },
)

it('finds samples put in before the song, as a codec’s delay', async () => {
  const delayed = new Float32Array(song.length + 1024)
  delayed.set(song, 1024)
  const offset = soundOffset(await kept(delayed, starts, 0), await kept(song, starts, 0), RATE)
  expect(offset?.offsetMs).toBeCloseTo((1e3 * 1024) / RATE, 1)
})

it('finds a drift where a clock runs fast by 0.02 %', async () => {
  const at = (i: number): number => song[i] ?? 0
  const fast = Float32Array.from({ length: song.length }, (_, i) => {
    const whole = Math.floor(i * 1.0002)
    return at(whole) + (i * 1.0002 - whole) * (at(whole + 1) - at(whole))
  })
  const offset = soundOffset(await kept(fast, starts, 0), await kept(song, starts, 0), RATE)
  // 24 s lie between the first and the last stretch; 0.02 % of that is 4.8 ms, and of a stretch 1.2 ms.
  expect(Math.abs((offset?.driftMs ?? 0) - 4.8)).toBeLessThanOrEqual(1.2)
})

it('matches another sound badly, and silence not at all', async () => {
  const random = randomFrom(5)
  const noise = Float32Array.from({ length: song.length }, () => random() - 0.5)
  const other = soundOffset(await kept(noise, starts, 0), await kept(song, starts, 0), RATE)
  expect(other?.match).toBeLessThan(0.2)
  expect(
    soundOffset(await kept(new Float32Array(song.length), starts, 0), await kept(song, starts, 0), RATE),
  ).toBeNull()
})

it('spreads its stretches over the whole sound, and takes one of a short sound', () => {
  expect(windowStarts(2.5, RATE)).toEqual([0])
  const long = windowStarts(210, RATE)
  expect(long).toHaveLength(8)
  expect(long[0]).toBe(0)
  expect(long.at(-1)).toBeCloseTo(210 - (4 * 65_536) / RATE, 6)
})
