import type { Measure } from '../measure.ts'
import type { Footage } from './footage.ts'
import { LANGUAGES, TINTS } from './prompts.ts'
import { type Stage, shareMeasure } from './stage.ts'

/** Words about light: that they do what they say. */
export async function* lightBench(stage: Stage): AsyncGenerator<Measure> {
  const found: boolean[] = []
  for (const { words, of, sign } of stage.quick ? TINTS.slice(0, 2) : TINTS) {
    for (const language of stage.quick ? LANGUAGES.slice(0, 1) : LANGUAGES) {
      const footage = await stage.film(words[language], { prompt: words[language] })
      const change = tintChange(footage)[of]
      // A fiftieth: what is seen side by side.
      found.push(change * sign > 0.02)
      stage.note(words[language], `${of} ${change > 0 ? '+' : ''}${(100 * change).toFixed(1)} %`)
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
