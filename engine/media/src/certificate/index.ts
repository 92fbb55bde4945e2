export { hashMedia } from './hash-media.ts'
export { measurePictures, type PictureMeasure } from './measure-pictures.ts'
export {
  type MovieSound,
  measureClip,
  measureSound,
  movieSound,
  readMovieSound,
  type SoundMeasure,
} from './measure-sound.ts'
export type { SoundLevels } from './sound-levels.ts'
