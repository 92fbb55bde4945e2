import { z } from 'zod'

const seconds = z.number().min(0).max(86_400)

/**
 * What a person changes about an analysis: by time in seconds from the clip's start, and never by number, so that a
 * later and better analysis keeps every change. They are carried out in their order.
 */
export const beatEditSchema = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('add'), at: seconds, downbeat: z.boolean().optional() }),
  z.strictObject({ do: z.literal('remove'), at: seconds }),
  z.strictObject({ do: z.literal('move'), at: seconds, to: seconds }),
  /** Makes the beat there the first of a bar, or no longer. */
  z.strictObject({ do: z.literal('downbeat'), at: seconds, downbeat: z.boolean() }),
  /** A beat between every two. */
  z.strictObject({ do: z.literal('double') }),
  /** Every second beat only: from the first one on, or from the second. */
  z.strictObject({ do: z.literal('halve'), from: z.literal(['first', 'second']) }),
  /** Bar lines this many beats later. */
  z.strictObject({ do: z.literal('shift'), beats: z.int().min(-12).max(12) }),
  /** Every beat later by so much. */
  z.strictObject({ do: z.literal('delay'), seconds: z.number().min(-2).max(2) }),
  /** Tapped beats take the place of those between the first tap and the last. */
  z.strictObject({ do: z.literal('tap'), times: z.array(seconds).min(2).max(4000) }),
])

export type BeatEdit = z.infer<typeof beatEditSchema>
export const beatEditsSchema = z.array(beatEditSchema).max(5000)
