import type { NodeDefinition } from '@beatloom/core'
import { audioNodes } from './audio/index.ts'
import { beatsNodes } from './beats/index.ts'
import { curveNodes } from './curve/index.ts'
import { framesNodes } from './frames/index.ts'
import { graphNodes } from './graph/index.ts'
import { imageNodes } from './image/index.ts'
import { latentNodes } from './latent/index.ts'
import { maskNodes } from './mask/index.ts'
import { modelNodes } from './model/index.ts'
import { samplerNodes } from './sampler/index.ts'
import { shotsNodes } from './shots/index.ts'
import { textNodes } from './text/index.ts'
import { vaeNodes } from './vae/index.ts'
import { valueNodes } from './values/index.ts'
import { videoNodes } from './video/index.ts'

export { type CertifyOptions, certify } from './video/certify.ts'

/** Every node that Beatloom comes with. */
export const allNodes: NodeDefinition[] = [
  ...vaeNodes,
  ...latentNodes,
  ...modelNodes,
  ...textNodes,
  ...samplerNodes,
  ...imageNodes,
  ...maskNodes,
  ...audioNodes,
  ...beatsNodes,
  ...curveNodes,
  ...framesNodes,
  ...shotsNodes,
  ...videoNodes,
  ...valueNodes,
  ...graphNodes,
]
