import { join } from 'node:path'
import type { Measure } from '../measure.ts'
import { cellLuminance, mostFlashes } from './flashes.ts'
import type { Footage } from './footage.ts'
import { LANGUAGES, LIGHTS, TINTS } from './prompts.ts'
import { SAMPLE_SONG, writeFastSong } from './songs.ts'
import { type Stage, shareMeasure } from './stage.ts'

/** Words about light: that they do what they say, and that none of them flashes more than three times a second. */
export async function* lightBench(stage: Stage): AsyncGenerator<Measure> {
  yield* flashSafety(stage)
  yield* tints(stage)
}

async function* flashSafety(stage: Stage): AsyncGenerator<Measure> {
  const fast = join(stage.scratch, 'fast.wav')
  await writeFastSong(fast)
  const songs = stage.quick
    ? [['200 BPM', fast]]
    : [
        ['200 BPM', fast],
        ['the sample song', SAMPLE_SONG.path],
      ]
  for (const [name, song] of songs as [string, string][]) {
    let most = 0
    for (const words of stage.quick ? LIGHTS.slice(0, 3) : LIGHTS) {
      for (const language of stage.quick ? LANGUAGES.slice(0, 1) : LANGUAGES) {
        const order = { prompt: words[language], song, motion: 'high' }
        const footage = await stage.film('light', `${name}: ${words[language]}`, order)
        const flashes = mostFlashes(cellLuminance(footage), footage.frameRate)
        most = Math.max(most, flashes)
        stage.note('light', `${name}: ${words[language]}`, `${flashes} flashes in the worst second`)
      }
    }
    yield { name: `flashes in the worst second, ${name}`, value: most, unit: '', aim: 3 }
  }
}

async function* tints(stage: Stage): AsyncGenerator<Measure> {
  const found: boolean[] = []
  for (const { words, of, sign } of stage.quick ? TINTS.slice(0, 2) : TINTS) {
    for (const language of stage.quick ? LANGUAGES.slice(0, 1) : LANGUAGES) {
      const footage = await stage.film('tints', words[language], { prompt: words[language] })
      const change = tintChange(footage)[of]
      // A fiftieth: what is seen side by side.
      found.push(change * sign > 0.02)
      stage.note('tints', words[language], `${of} ${change > 0 ? '+' : ''}${(100 * change).toFixed(1)} %`)
    }
  }
  yield shareMeasure('words of tint and brightness obeyed', found, 90)
}

/** Change of mean brightness, and of red over blue, from the first frame to the last second's mean; shares. */
function tintChange({ frames, frameRate }: Footage): { brightness: number; warmth: number } {
  const colours = frames.map(({ data }) => {
    const sums = [0, 0, 0]
    for (let i = 0; i < data.length; i++) sums[i % 3]! += data[i]!
    return sums
  })
  const first = colours[0]!
  const last = [0, 1, 2].map((c) => colours.slice(-frameRate).reduce((sum, colour) => sum + colour[c]!, 0) / frameRate)
  const total = (colour: number[]) => colour.reduce((a, b) => a + b, 0)
  return { brightness: total(last) / total(first) - 1, warmth: last[0]! / last[2]! / (first[0]! / first[2]!) - 1 }
}
