import { z } from 'zod'

/**
 * What was measured of a finished video: whether picture and sound agree. The file itself is decoded; nothing is taken
 * from how it was made but the plan that it is compared with. Plain JSON, carried inside our MP4 files.
 *
 * Signs: a positive error of a cut means the picture comes late (after its beat or its mark); a positive offset or
 * start difference of the sound means the sound comes late. Milliseconds and seconds count from the start of the movie.
 */

export const CERTIFICATE_VERSION = 1

const milliseconds = z.number()
const seconds = z.number()
const count = z.int().min(0)

export const plannedCutsSchema = z.object({
  /** Frames per second. */
  frameRate: z.number().positive(),
  /** round(seconds of the song × frameRate). */
  frameCount: count,
  cuts: z.array(
    z.object({
      /** The first frame of the new shot. */
      frame: count,
      /** The moment in the music that asks for the cut, from the song's start; null where nothing does. */
      markSeconds: seconds.nullable(),
      /** As in a plan of shots: `beat`, `downbeat`, `section`, `onset`, `length`, `hand`. */
      reason: z.string(),
    }),
  ),
})
/** The hard cuts that a video should have; shots that fade or go on without a cut are left out. */
export type PlannedCuts = z.infer<typeof plannedCutsSchema>

const reasonSchema = z.object({
  code: z.string(),
  /** `red` and `unknown` decide the verdict, `good` supports it, a `note` is worth knowing. */
  level: z.enum(['good', 'note', 'unknown', 'red']),
  /** One English sentence. */
  text: z.string(),
})
export type CertificateReason = z.infer<typeof reasonSchema>

export const certificateSchema = z.object({
  version: z.literal(CERTIFICATE_VERSION),
  verdict: z.enum(['green', 'red', 'unknown']),
  reasons: z.array(reasonSchema),
  /** SHA-256 of the media data alone, so that it stays true when texts in the file change. */
  mediaSha256: z.string(),
  picture: z.object({
    /** Frames per second: the usual time between pictures, turned over. */
    frameRate: z.number(),
    /** Pictures that came out of the decoder. */
    frames: count,
    /** Pictures that the container lists. */
    announcedFrames: count,
    /** What the plan asks for. */
    expectedFrames: count.nullable(),
    startMs: milliseconds,
    /** Until the end of the last picture. */
    lengthSeconds: seconds,
    /** Pictures left out of an otherwise steady clock. */
    missingFrames: count,
    /** Pictures come at one rate; false for the wandering clock of many phones. */
    isSteady: z.boolean(),
  }),
  sound: z
    .object({
      startMs: milliseconds,
      lengthSeconds: seconds,
      sampleRate: z.number(),
      channels: count,
      /** Largest sample in dB of full scale; null for digital silence. */
      peakDb: z.number().nullable(),
      /** Integrated loudness, ITU-R BS.1770-4; null where nothing is loud enough to count. */
      loudnessLufs: z.number().nullable(),
      /** Runs of three or more samples at full scale. */
      clippedRuns: count,
      /** Longer than half a second below −60 dB of full scale; the first hundred. */
      silences: z.array(z.object({ startSeconds: seconds, endSeconds: seconds })),
    })
    .nullable(),
  /** Sound less picture; null without sound. */
  startDifferenceMs: milliseconds.nullable(),
  lengthDifferenceMs: milliseconds.nullable(),
  /** The sound against the song it was made from; null where the song is not there. */
  source: z
    .object({
      offsetMs: milliseconds,
      /** How far the offset wanders from the start to the end. */
      driftMs: milliseconds,
      /** Correlation at that offset, 0 … 1. */
      match: z.number(),
      /** Loudness less the song's, LU. */
      loudnessDifferenceLu: z.number().nullable(),
    })
    .nullable(),
  /** Hard cuts found in the pictures, first frame of each new shot. */
  cuts: z.array(z.object({ frame: count, seconds })),
  /** What the analysis of the decoded sound found; null without sound. */
  beats: z.object({ tempoBpm: z.number().nullable(), confidence: z.number(), count }).nullable(),
  /** Cuts against the nearest beats of that analysis; null where they cannot be compared. */
  cutsToBeats: z
    .object({
      count,
      /** `half-beats`: the cuts follow the beat, but half as long as the one that the analysis took. */
      grid: z.enum(['beats', 'half-beats']),
      /** Signed median and its interval of 95 % confidence. */
      shiftMs: milliseconds,
      lowMs: milliseconds,
      highMs: milliseconds,
      /** Of the errors' magnitudes. */
      medianMs: milliseconds,
      p95Ms: milliseconds,
      maxMs: milliseconds,
      /** 1: all cuts lie alike against the beats; 0: anywhere. */
      agreement: z.number(),
    })
    .nullable(),
  planned: plannedCutsSchema.nullable(),
  /** The cuts found against the planned ones; null without a plan. */
  cutsToPlan: z
    .object({
      found: count,
      /** Planned frames at which no cut is seen. */
      missed: z.array(count),
      /** Cuts that nobody planned. */
      unplanned: count,
      /** Magnitudes, frames. */
      medianFrames: z.number(),
      maxFrames: z.number(),
      /** Signed median and 95th percentile of the magnitudes against the marks in the music; null without marks. */
      markShiftMs: milliseconds.nullable(),
      markP95Ms: milliseconds.nullable(),
    })
    .nullable(),
})
export type SyncCertificate = z.infer<typeof certificateSchema>

/** @returns null for what is no certificate of this version. */
export function parseCertificate(text: string | undefined): SyncCertificate | null {
  if (text === undefined) return null
  try {
    return certificateSchema.safeParse(JSON.parse(text)).data ?? null
  } catch {
    return null
  }
}
