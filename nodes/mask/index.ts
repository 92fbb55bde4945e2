import type { NodeDefinition } from '@beatloom/core'
import { maskFromImage } from './mask-from-image.ts'
import { maskToImage } from './mask-to-image.ts'

export const maskNodes: NodeDefinition[] = [maskToImage, maskFromImage]
