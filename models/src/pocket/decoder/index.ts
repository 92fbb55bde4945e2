export { decodePocket, type PocketCrop, type PocketFrames } from './decode-pocket.ts'
export { lastMoment } from './last-moment.ts'
export { type PocketPreview, type PreviewOptions, previewPocket } from './preview.ts'
