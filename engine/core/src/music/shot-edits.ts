import { z } from 'zod'

const seconds = z.number().min(0).max(86_400)

const content = {
  prompt: z.string().max(2000).optional(),
  picture: z.int().min(0).max(999).optional(),
  framing: z.enum(['wide', 'medium', 'close']).optional(),
  seed: z
    .string()
    .regex(/^\d{1,15}$/)
    .optional(),
  continues: z.boolean().optional(),
  fadeSeconds: z.number().min(0).max(4).optional(),
  starred: z.boolean().optional(),
}

/**
 * What a person changes about a plan of shots: by time in seconds from the start of the sound, and never by number, so
 * that a new plan keeps every change. They are carried out in their order.
 */
export const shotEditSchema = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('cut'), at: seconds }),
  /** Takes the cut nearest to a moment away: two shots become one. */
  z.strictObject({ do: z.literal('join'), at: seconds }),
  z.strictObject({ do: z.literal('move'), at: seconds, to: seconds }),
  /** Settings of the shot in which a moment lies. */
  z.strictObject({ do: z.literal('set'), at: seconds, ...content }),
  /** A shot that stays as it is, whatever is planned around it. */
  z.strictObject({
    do: z.literal('lock'),
    from: seconds,
    to: seconds,
    ...content,
    prompt: z.string().max(2000),
    seed: z.string().regex(/^\d{1,15}$/),
  }),
])

export type ShotEdit = z.infer<typeof shotEditSchema>
export const shotEditsSchema = z.array(shotEditSchema).max(5000)
