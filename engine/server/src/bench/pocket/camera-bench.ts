import { basename } from 'node:path'
import type { Measure } from '../measure.ts'
import { AXES, type CameraSpeed, cameraSpeed, obeys } from './camera-speed.ts'
import { followCamera } from './footage.ts'
import { type CameraPrompt, COMBINATIONS, DIRECTIONS, LANGUAGES, type Language, SPEEDS } from './prompts.ts'
import { mean, type Stage, shareMeasure } from './stage.ts'

const IN_WORDS: Record<Language, string> = { en: 'English', zh: 'Chinese' }

/** Camera words as they are seen in the pixels of finished files. */
export async function* cameraBench(stage: Stage): AsyncGenerator<Measure> {
  yield* obedience(stage, 'camera words', DIRECTIONS, stage.quick ? 1 : 4, 95)
  yield* obedience(stage, 'two at once', stage.quick ? COMBINATIONS.slice(0, 4) : COMBINATIONS, stage.quick ? 1 : 2, 90)
  yield* speeds(stage)
  yield* promptDropped(stage)
}

async function* obedience(
  stage: Stage,
  category: string,
  prompts: CameraPrompt[],
  pictures: number,
  aim: number,
): AsyncGenerator<Measure> {
  for (const language of LANGUAGES) {
    const found: boolean[] = []
    for (const [index, { words, asked }] of prompts.entries()) {
      for (let k = 0; k < pictures; k++) {
        // Another picture for every prompt, so that few clips see many pictures.
        const picture = stage.pictures[(index + k * 2 + 1) % stage.pictures.length]!
        // And another seed, since people change it; the first is the workflow's own.
        const seed = String(7 + index * pictures + k)
        const speed = await speedIn(stage, category, words[language], picture, seed)
        found.push(obeys(speed, asked))
        const verdict = found.at(-1) ? 'right' : 'wrong'
        stage.note(category, words[language], `${verdict}: ${inWords(speed)} (${basename(picture)}, seed ${seed})`)
      }
    }
    yield shareMeasure(`${category}, ${IN_WORDS[language]}`, found, aim)
  }
}

async function* speeds(stage: Stage): AsyncGenerator<Measure> {
  const amounts: number[][] = []
  const ordered: boolean[] = []
  for (const [index, { axis, words }] of SPEEDS.entries()) {
    for (const language of LANGUAGES) {
      if (stage.quick && (index > 1 || language === 'zh')) continue
      const picture = stage.pictures[index % stage.pictures.length]!
      const found: number[] = []
      for (const prompt of words[language]) {
        found.push(Math.abs((await speedIn(stage, 'speeds', prompt, picture))[axis]))
      }
      amounts.push(found)
      ordered.push(found[0]! < found[1]! && found[1]! < found[2]!)
      stage.note('speeds', words[language].join(' / '), found.map((value) => value.toFixed(2)).join(' / '))
    }
  }
  yield shareMeasure('slow < normal < fast', ordered, 97)
  for (const [k, name] of ['slow', 'normal', 'fast'].entries()) {
    const value = mean(amounts.map((found) => found[k]!))
    yield { name: `speed of "${name}" (taught: ${[0.45, 1, 1.9][k]})`, value, unit: '', aim: null }
  }
}

/** The null of camera words: with no prompt, how many of the eight directions come out all the same. */
async function* promptDropped(stage: Stage): AsyncGenerator<Measure> {
  const found: boolean[] = []
  for (const picture of stage.pictures.slice(0, stage.quick ? 1 : 4)) {
    const speed = await speedIn(stage, 'no prompt', '', picture)
    found.push(...DIRECTIONS.map(({ asked }) => obeys(speed, asked)))
    stage.note('no prompt', '(empty)', `${inWords(speed)} (${basename(picture)})`)
  }
  yield { ...shareMeasure('camera words, prompt dropped', found, null), atLeast: undefined }
}

async function speedIn(
  stage: Stage,
  category: string,
  prompt: string,
  picture: string,
  seed = '7',
): Promise<CameraSpeed> {
  const footage = await stage.film(category.replaceAll(' ', '-'), `${prompt} (${basename(picture)})`, {
    prompt,
    picture,
    seed,
  })
  return cameraSpeed(followCamera(footage))
}

const inWords = (speed: CameraSpeed): string => AXES.map((axis) => `${axis} ${speed[axis].toFixed(2)}`).join(', ')
