import type { NodeDefinition } from '@beatloom/core'
import { maskFromImage } from './mask-from-image.ts'
import { maskToImage } from './mask-to-image.ts'
import { paintMask } from './paint-mask.ts'
import { subjectMask } from './subject-mask.ts'

export const maskNodes: NodeDefinition[] = [maskToImage, maskFromImage, subjectMask, paintMask]
