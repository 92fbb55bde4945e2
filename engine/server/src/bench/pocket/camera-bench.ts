import { basename } from 'node:path'
import type { Measure } from '../measure.ts'
import { AXES, type CameraSpeed, cameraSpeed, obeys } from './camera-speed.ts'
import { followCamera } from './footage.ts'
import { type CameraPrompt, COMBINATIONS, DIRECTIONS, IN_WORDS, LANGUAGES, type Language, SPEEDS } from './prompts.ts'
import { mean, type Stage, shareMeasure } from './stage.ts'

/** Of each axis in each language, in a whole run. */
const SPEED_PICTURES = 5

/** Camera words as they are seen in the pixels of finished files. */
export async function* cameraWordsBench(stage: Stage, language: Language): AsyncGenerator<Measure> {
  yield await obedience(stage, 'camera words', DIRECTIONS, language, stage.quick ? 1 : stage.pictures.length, 95)
}

export async function* cameraPairsBench(stage: Stage, language: Language): AsyncGenerator<Measure> {
  const prompts = stage.quick ? COMBINATIONS.slice(0, 4) : COMBINATIONS
  yield await obedience(stage, 'two at once', prompts, language, stage.quick ? 1 : 2, 90)
}

async function obedience(
  stage: Stage,
  name: string,
  prompts: CameraPrompt[],
  language: Language,
  pictures: number,
  aim: number,
): Promise<Measure> {
  const found: boolean[] = []
  for (const [index, { words, asked }] of prompts.entries()) {
    for (let k = 0; k < pictures; k++) {
      // Other pictures for every prompt, so that few clips see many.
      const picture = stage.pictures[(index + k + 1) % stage.pictures.length]!
      // And another seed, since people change it; the first is the workflow's own.
      const seed = String(7 + index * pictures + k)
      const speed = await speedIn(stage, words[language], picture, seed)
      found.push(obeys(speed, asked))
      const verdict = found.at(-1) ? 'right' : 'wrong'
      stage.note(words[language], `${verdict}: ${inWords(speed)} (${basename(picture)}, seed ${seed})`)
    }
  }
  return shareMeasure(`${name}, ${IN_WORDS[language]}`, found, aim)
}

/** Every axis in both languages on several pictures, each with a seed of its own. */
export async function* cameraSpeedsBench(stage: Stage): AsyncGenerator<Measure> {
  const amounts: number[][] = []
  const ordered: boolean[] = []
  for (const [index, { axis, words }] of (stage.quick ? SPEEDS.slice(0, 2) : SPEEDS).entries()) {
    for (const [which, language] of (stage.quick ? LANGUAGES.slice(0, 1) : LANGUAGES).entries()) {
      for (let k = 0; k < (stage.quick ? 1 : SPEED_PICTURES); k++) {
        const picture = stage.pictures[(index + k) % stage.pictures.length]!
        const seed = String(7 + index + 10 * k + 100 * which)
        const found: number[] = []
        for (const prompt of words[language]) found.push(Math.abs((await speedIn(stage, prompt, picture, seed))[axis]))
        amounts.push(found)
        ordered.push(found[0]! < found[1]! && found[1]! < found[2]!)
        const seen = found.map((value) => value.toFixed(2)).join(' / ')
        stage.note(words[language].join(' / '), `${seen} (${basename(picture)}, seed ${seed})`)
      }
    }
  }
  yield shareMeasure('slow < normal < fast', ordered, 97)
  for (const [k, name] of ['slow', 'normal', 'fast'].entries()) {
    const value = mean(amounts.map((found) => found[k]!))
    yield { name: `speed of "${name}" (taught: ${[0.45, 1, 1.9][k]})`, value, unit: '', aim: null }
  }
}

/** The null of camera words: with no prompt, how many of the eight directions come out all the same. */
export async function* cameraNullBench(stage: Stage): AsyncGenerator<Measure> {
  const found: boolean[] = []
  for (const picture of stage.pictures.slice(0, stage.quick ? 1 : 4)) {
    const speed = await speedIn(stage, '', picture)
    found.push(...DIRECTIONS.map(({ asked }) => obeys(speed, asked)))
    stage.note('(no prompt)', `${inWords(speed)} (${basename(picture)})`)
  }
  yield { ...shareMeasure('camera words, prompt dropped', found, null), atLeast: undefined }
}

async function speedIn(stage: Stage, prompt: string, picture: string, seed = '7'): Promise<CameraSpeed> {
  return cameraSpeed(followCamera(await stage.film(`${prompt} (${basename(picture)})`, { prompt, picture, seed })))
}

const inWords = (speed: CameraSpeed): string => AXES.map((axis) => `${axis} ${speed[axis].toFixed(2)}`).join(', ')
