import { basename } from 'node:path'
import type { Image } from '@beatloom/core'
import { coverCrop, readImage } from '@beatloom/media'
import type { Measure } from '../measure.ts'
import { faceDeformation } from './face-deformation.ts'
import { type Face, facesFrom } from './faces.ts'
import { fullFrames } from './footage.ts'
import { meanChange, placeOfFrame, sharpness } from './picture-quality.ts'
import { DIRECTIONS, LANGUAGES, MOVING_FACE, STABLE_FACE, STABLE_FACE_PAN, STILL } from './prompts.ts'
import { mean, type Stage } from './stage.ts'

/** Stillness: what does not move, and the first frame. */
export async function* stillBench(stage: Stage): AsyncGenerator<Measure> {
  let change = 0
  let psnr = Number.POSITIVE_INFINITY
  let crop = 1
  for (const words of stage.quick ? STILL.slice(0, 1) : STILL) {
    for (const language of LANGUAGES) {
      for (const path of stage.pictures.slice(0, stage.quick ? 1 : 2)) {
        const prompt = words[language]
        const footage = await stage.film(`${prompt} (${basename(path)})`, { prompt, picture: path })
        const frames = await fullFrames(footage.path, 5)
        const moved = Math.max(...frames.map((frame) => meanChange(frame, frames[0]!)))
        const place = await placeOfFrame(frames[0]!, await open(path))
        change = Math.max(change, moved)
        psnr = Math.min(psnr, place.psnrDb)
        crop = Math.max(crop, place.cropScale)
        const seen = `mean change ${moved.toFixed(2)}/255, frame 0 ${place.psnrDb.toFixed(1)} dB, crop ${place.cropScale}`
        stage.note(`${prompt} (${basename(path)})`, seen)
      }
    }
  }
  yield { name: 'still: largest mean change, of 255', value: change, unit: '', aim: 1 }
  yield { name: 'still: frame 0 against the picture', value: psnr, unit: 'dB', aim: 38, atLeast: true }
  yield { name: 'still: crop', value: crop, unit: '', aim: 1 }
}

/** Pans and tilts, which neither enlarge nor blur on purpose. */
export async function* sharpnessBench(stage: Stage): AsyncGenerator<Measure> {
  const ratios: number[] = []
  let psnr = Number.POSITIVE_INFINITY
  let crop = 1
  for (const [index, { words }] of DIRECTIONS.slice(0, stage.quick ? 1 : 4).entries()) {
    const path = stage.pictures[index % stage.pictures.length]!
    const footage = await stage.film(`${words.en} (${basename(path)})`, {
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
    stage.note(`${words.en} (${basename(path)})`, seen)
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

export async function* facesBench(stage: Stage): AsyncGenerator<Measure> {
  const faces = await facesFrom(stage.media.faces, stage.scratch)
  const moved = { 'not learned': [] as number[], learned: [] as number[] }
  const deformed = async ({ name, path, place, learned }: Face, prompt: string) => {
    const label = `${prompt} (${name}; ${learned ? 'learned' : 'not learned'})`
    const px = await faceDeformation(await stage.film(label, { prompt, picture: path }), place)
    stage.note(label, `${px.toFixed(2)} px at 720p`)
    return px
  }
  for (const [index, face] of (stage.quick ? faces.slice(0, 1) : faces).entries()) {
    const prompts = LANGUAGES.slice(0, face.learned ? 1 : 2).map((language) => STABLE_FACE[language])
    if (index === 0) prompts.push(STABLE_FACE_PAN.en)
    for (const prompt of stage.quick ? prompts.slice(0, 1) : prompts)
      moved[face.learned ? 'learned' : 'not learned'].push(await deformed(face, prompt))
  }
  if (faces[0] && !stage.quick) {
    const value = await deformed(faces[0], MOVING_FACE)
    yield { name: 'the measure on a face that is told to move: deformation at 720p', value, unit: 'px', aim: null }
  }
  for (const [kind, found] of Object.entries(moved)) {
    if (found.length === 0) continue
    const name = `stable face (pictures ${kind}, ${found.length} clips): largest deformation at 720p`
    yield { name, value: Math.max(...found), unit: 'px', aim: 2 }
  }
}

const open = (path: string): Promise<Image> => readImage(path, new AbortController().signal)
