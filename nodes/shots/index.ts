import { animatic } from './animatic.ts'
import { eachShot } from './each-shot.ts'
import { encodeShot } from './encode-shot.ts'
import { fadeShots } from './fade-shots.ts'
import { planShots } from './plan-shots.ts'
import { renderShots } from './render-shots.ts'
import { shrinkShot } from './shrink-shot.ts'

export const shotsNodes = [planShots, eachShot, renderShots, animatic, encodeShot, fadeShots, shrinkShot]
