import { basename } from 'node:path'
import type { Image } from '@beatloom/core'
import { coverCrop, readImage } from '@beatloom/media'
import type { Measure } from '../measure.ts'
import { faceDeformation } from './face-deformation.ts'
import { fullFrames } from './footage.ts'
import { meanChange, placeOfFrame, sharpness } from './picture-quality.ts'
import { DIRECTIONS, LANGUAGES, STABLE_FACE, STILL } from './prompts.ts'
import { mean, type Stage } from './stage.ts'

/** What the picture keeps: stillness, its first frame, its sharpness, its faces. */
export async function* qualityBench(stage: Stage): AsyncGenerator<Measure> {
  yield* stillness(stage)
  yield* movingPictures(stage)
  yield* faces(stage)
}

async function* stillness(stage: Stage): AsyncGenerator<Measure> {
  let change = 0
  let psnr = Number.POSITIVE_INFINITY
  let crop = 1
  for (const words of stage.quick ? STILL.slice(0, 1) : STILL) {
    for (const language of LANGUAGES) {
      for (const path of stage.pictures.slice(0, stage.quick ? 1 : 2)) {
        const prompt = words[language]
        const footage = await stage.film('still', `${prompt} (${basename(path)})`, { prompt, picture: path })
        const frames = await fullFrames(footage.path, 5)
        const moved = Math.max(...frames.map((frame) => meanChange(frame, frames[0]!)))
        const place = await placeOfFrame(frames[0]!, await open(path))
        change = Math.max(change, moved)
        psnr = Math.min(psnr, place.psnrDb)
        crop = Math.max(crop, place.cropScale)
        const seen = `mean change ${moved.toFixed(2)}/255, frame 0 ${place.psnrDb.toFixed(1)} dB, crop ${place.cropScale}`
        stage.note('still', `${prompt} (${basename(path)})`, seen)
      }
    }
  }
  yield { name: 'still: largest mean change, of 255', value: change, unit: '', aim: 1 }
  yield { name: 'still: frame 0 against the picture', value: psnr, unit: 'dB', aim: 38, atLeast: true }
  yield { name: 'still: crop', value: crop, unit: '', aim: 1 }
}

/** Pans and tilts, which neither enlarge nor blur on purpose. */
async function* movingPictures(stage: Stage): AsyncGenerator<Measure> {
  const ratios: number[] = []
  let psnr = Number.POSITIVE_INFINITY
  let crop = 1
  for (const [index, { words }] of DIRECTIONS.slice(0, stage.quick ? 1 : 4).entries()) {
    const path = stage.pictures[index % stage.pictures.length]!
    const footage = await stage.film('sharpness', `${words.en} (${basename(path)})`, {
      prompt: words.en,
      picture: path,
    })
    const frames = await fullFrames(footage.path, 10)
    const picture = await open(path)
    const place = await placeOfFrame(frames[0]!, picture)
    psnr = Math.min(psnr, place.psnrDb)
    crop = Math.max(crop, place.cropScale)
    const input = sharpness(await coverCrop(picture, footage.width, footage.height))
    const ratio = mean(frames.map(sharpness)) / input
    ratios.push(ratio)
    const seen = `sharpness ${ratio.toFixed(2)}, frame 0 ${place.psnrDb.toFixed(1)} dB, crop ${place.cropScale.toFixed(3)}`
    stage.note('sharpness', `${words.en} (${basename(path)})`, seen)
  }
  yield {
    name: 'sharpness of pans and tilts over the picture’s',
    value: mean(ratios),
    unit: '',
    aim: 0.8,
    atLeast: true,
  }
  yield { name: 'pans and tilts: frame 0 under the crop', value: psnr, unit: 'dB', aim: 38, atLeast: true }
  yield { name: 'pans and tilts: largest crop', value: crop, unit: '', aim: 1.12 }
}

async function* faces(stage: Stage): AsyncGenerator<Measure> {
  const { portrait } = stage.media
  if (!portrait) return
  let worst = 0
  for (const language of stage.quick ? LANGUAGES.slice(0, 1) : LANGUAGES) {
    const footage = await stage.film('faces', STABLE_FACE[language], {
      prompt: STABLE_FACE[language],
      picture: portrait,
    })
    const moved = await faceDeformation(footage)
    worst = Math.max(worst, moved)
    stage.note('faces', STABLE_FACE[language], `${moved.toFixed(2)} px at 720p`)
  }
  yield { name: 'stable face: deformation at 720p', value: worst, unit: 'px', aim: 2 }
}

const open = (path: string): Promise<Image> => readImage(path, new AbortController().signal)
