import type { NodeDefinition } from '@beatloom/core'
import { combineCurves } from './combine-curves.ts'
import { curveFromBeats } from './curve-from-beats.ts'
import { curveMath } from './curve-math.ts'

export { curveAt, curveDisplay } from './curve-values.ts'

export const curveNodes: NodeDefinition[] = [curveFromBeats, curveMath, combineCurves]
