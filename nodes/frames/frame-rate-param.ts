import type { ParamMeta } from '@beatloom/core'
import { z } from 'zod'

/** Frames per second, for nodes that make or change a clip's rate. */
export const frameRateParam = () =>
  z
    .number()
    .min(1)
    .max(120)
    .default(30)
    .describe('Frames per second.')
    .meta({ title: 'Frame rate', unit: 'fps' } satisfies ParamMeta)
