import { AppError, type Conditioning, type ContextWindows, type Latent, type Model } from '@beatloom/core'
import type { PipelineFamily } from './families.ts'
import { isOutOfMemory } from './out-of-memory.ts'

/** What a sampler is given. */
export interface DenoiseTask {
  model: Model
  conditioning: Conditioning
  latent: Latent
}

/** What was changed so that memory may be enough. */
export interface Fallback {
  code: 'smaller_windows' | 'shorter_clips'
  /** A sentence for the user. */
  text: string
}

/** Windows may not be shorter, in latent frames: 17 frames, about a second. */
const SHORTEST_WINDOW = 5
/** Of a window, shared with its neighbour: about as much as the node "Context windows" does. */
const SHARED = 3 / 8
const framesIn = (latents: number): number => 1 + 4 * (latents - 1)

/** The denoiser's own lack of memory, apart from that of a VAE between two clips: only this one needs shorter parts. */
class DenoiserOutOfMemory extends AppError {}

/** @throws {DenoiserOutOfMemory} where a call of the denoiser ran out of memory, else the error as it is. */
export function ofDenoiser(error: unknown): never {
  if (!isOutOfMemory(error)) throw error
  throw new DenoiserOutOfMemory(error.code, error.message, {
    cause: error,
    ...(error.details ? { details: error.details } : {}),
  })
}

/**
 * Denoises, and where memory runs out begins anew with windows of half the frames, or with shorter clips, and so on.
 * Always from the start, so that the result is that of somebody who asked for such windows or clips.
 * @param told of each change.
 * @throws {AppError} `not_enough_memory` when the shortest do not fit.
 */
export async function withFallback<T>(
  family: PipelineFamily,
  task: DenoiseTask,
  told: ((fallback: Fallback) => void) | undefined,
  run: (task: DenoiseTask) => Promise<T>,
): Promise<T> {
  let now = task
  for (;;) {
    try {
      return await run(now)
    } catch (error) {
      if (!(error instanceof DenoiserOutOfMemory)) throw error
      const smaller = now.latent.clips ? shorterClips(family, now, error) : smallerWindows(family, now, error)
      now = smaller.task
      told?.(smaller.fallback)
    }
  }
}

function smallerWindows(
  family: PipelineFamily,
  { model, conditioning, latent }: DenoiseTask,
  error: AppError,
): { task: DenoiseTask; fallback: Fallback } {
  const frames = latent.tensors['hidden_states']?.dims[2] ?? 1
  if (!family.video || conditioning.later?.length) throw error
  const lengthOf = (windows: ContextWindows | undefined) => Math.min(frames, windows?.length ?? frames)
  const longest = Math.max(...model.experts.map(({ windows }) => lengthOf(windows)))
  const length = Math.max(SHORTEST_WINDOW, Math.floor(longest / 2))
  if (length >= longest) {
    throw new AppError(
      'not_enough_memory',
      `Memory is not enough to denoise ${framesIn(longest)} frames at once; make the video smaller, or run the model where there is more memory.`,
      { cause: error },
    )
  }
  const windows = { length, overlap: Math.floor(length * SHARED) }
  const experts = model.experts.map((expert) => (lengthOf(expert.windows) <= length ? expert : { ...expert, windows }))
  const [made, shared] = [framesIn(length), framesIn(windows.overlap)]
  return {
    task: { model: { ...model, experts }, conditioning, latent },
    fallback: {
      code: 'smaller_windows',
      text: `Memory was not enough to denoise the video at once; it is made in windows of ${made} frames that share ${shared}. "Context windows" with these numbers makes it so from the start.`,
    },
  }
}

function shorterClips(
  family: PipelineFamily,
  { model, conditioning, latent }: DenoiseTask,
  error: AppError,
): { task: DenoiseTask; fallback: Fallback } {
  const before = latent.clips!.framesPerClip
  const shorter = family.shorterClips?.(conditioning, latent)
  if (!shorter) {
    throw new AppError(
      'not_enough_memory',
      conditioning.positive['pose_latents']
        ? `Memory is not enough for clips of ${before} frames, and clips that follow poses stay as they were prepared; set "Frames per clip" to 48, or make the video smaller.`
        : `Memory is not enough for clips of ${before} frames; make the video smaller, or run the model where there is more memory.`,
      { cause: error },
    )
  }
  const after = shorter.clips!.framesPerClip
  return {
    task: { model, conditioning, latent: shorter },
    fallback: {
      code: 'shorter_clips',
      text: `Memory was not enough for clips of ${before} frames; they have ${after}. "Frames per clip" makes it so from the start.`,
    },
  }
}
