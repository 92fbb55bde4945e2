/** What came of making one shot of a video anew. */
export type RemadeShot =
  /** `psnrDb` over all of its frames; null where every pixel is the same. */
  | { outcome: 'compared'; shot: number; count: number; frames: number; psnrDb: number | null }
  /** Why it was not made: the file has no shots, what it was made from is not here, or making it failed. */
  | { outcome: 'none'; reason: 'no_shots' | 'inputs_missing' | 'failed'; missing?: string[]; message?: string }

/** Below this a shot is another one: other processors and threads make pixels differ by a step here and there. */
const SAME_PSNR_DB = 40

export const isAnother = (remade: RemadeShot): boolean =>
  remade.outcome === 'compared' && remade.psnrDb !== null && remade.psnrDb < SAME_PSNR_DB
