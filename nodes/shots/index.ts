import { eachShot } from './each-shot.ts'
import { encodeShot } from './encode-shot.ts'
import { renderShots } from './render-shots.ts'

export { stretchOf } from './each-shot.ts'

export const shotsNodes = [eachShot, renderShots, encodeShot]
