import type { ParamMeta } from '@beatloom/core'
import { z } from 'zod'

/** How finely H.264 is encoded: x264's constant rate factor, 1 … 51. */
export const rateFactorParam = () =>
  z
    .int()
    .min(1)
    .max(51)
    .default(18)
    .describe('H.264 rate factor: smaller is finer and larger in bytes; 18 shows no loss')
    .meta({ title: 'Rate factor', advanced: true } satisfies ParamMeta)
