import type { NodeDefinition } from '@beatloom/core'
import { combineCurves } from './combine-curves.ts'
import { constantCurve } from './constant-curve.ts'
import { curveFromBeats } from './curve-from-beats.ts'
import { curveMath } from './curve-math.ts'
import { curveToNumber } from './curve-to-number.ts'
import { drawCurve } from './draw-curve.ts'

export { curveAt, curveDisplay } from './curve-values.ts'

export const curveNodes: NodeDefinition[] = [
  curveFromBeats,
  drawCurve,
  curveMath,
  combineCurves,
  curveToNumber,
  constantCurve,
]
