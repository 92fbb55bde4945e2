import type { NodeDefinition } from '@beatloom/core'
import { colourImage } from './colour-image.ts'
import { loadImage } from './load-image.ts'
import { loadImages } from './load-images.ts'
import { previewImage } from './preview-image.ts'
import { resizeImage } from './resize-image.ts'
import { savePng } from './save-png.ts'

export const imageNodes: NodeDefinition[] = [loadImage, loadImages, colourImage, previewImage, resizeImage, savePng]
