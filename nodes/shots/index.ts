import { animatic } from './animatic.ts'
import { eachShot } from './each-shot.ts'
import { encodeShot } from './encode-shot.ts'
import { fadeShots } from './fade-shots.ts'
import { renderShots } from './render-shots.ts'

export { stretchOf } from './each-shot.ts'

export const shotsNodes = [animatic, fadeShots, eachShot, renderShots, encodeShot]
