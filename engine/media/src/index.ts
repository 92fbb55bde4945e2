export { type AudioFacts, audioFacts } from './audio-facts.ts'
export { audioPeaks } from './audio-peaks.ts'
export {
  hashMedia,
  type MovieSound,
  measureClip,
  measurePictures,
  measureSound,
  movieSound,
  type PictureMeasure,
  readMovieSound,
  type SoundLevels,
  type SoundMeasure,
} from './certificate/index.ts'
export { cropAround, middleOfMask, type Point, pointOfInterest } from './crop-around.ts'
export { encodeAnimation } from './encode-animation.ts'
export { type EncodeImageOptions, encodeImage, IMAGE_MIME } from './encode-image.ts'
export { fadeOutSound } from './fade-out-sound.ts'
export { fileNameOf } from './file-name.ts'
export { type Ffmpeg, findFfmpeg } from './find-ffmpeg.ts'
export { finishMp4 } from './finish-mp4.ts'
export { type JoinedMp4, type JoinMp4Options, joinMp4 } from './join-mp4.ts'
export { type Mp4Facts, type Mp4Track, readMp4Facts } from './mp4-facts.ts'
export { type OpenAudioOptions, type OpenedAudio, openAudio } from './open-audio.ts'
export { embedInPng } from './png-text.ts'
export { posterFrame } from './poster-frame.ts'
export { readEmbedded } from './read-embedded.ts'
export { type ImageFacts, imageFacts, MAX_PICTURE_PIXELS, type ReadImageOptions, readImage } from './read-image.ts'
export { type PcmOptions, readPcm } from './read-pcm.ts'
export { readVideoFrames } from './read-video-frames.ts'
export { coverCrop, fitWithin, resizeImage } from './resize-image.ts'
export { rewriteEmbedded } from './rewrite-embedded.ts'
export { type FfmpegOptions, type FfmpegProcess, runFfmpeg, startFfmpeg } from './run-ffmpeg.ts'
export { shrinkVideo } from './shrink-video.ts'
export { formatInWords, type MediaFormat, sniffBytes, sniffFile } from './sniff.ts'
export { splitMp4 } from './split-mp4.ts'
export { type HeldFrames, type WriteHeldOptions, writeHeldFrames } from './write-held-frames.ts'
export { type Mp4Result, type WriteMp4Options, writeMp4 } from './write-mp4.ts'
