import {
  applyShotEdits,
  type Beats,
  type Display,
  type EditedShots,
  type Shot,
  type ShotEdit,
  type Shots,
  shotEditSchema,
  splitParts,
} from '@beatloom/core'

export type ShotsDisplay = Extract<Display, { kind: 'shots' }>

/** What of a plan's settings bears on edits by hand. */
export interface PlanSettings {
  framing: 'varied' | 'wide'
  /** Longer shots are made in parts; null: in one. */
  partSeconds: number | null
}

/** The plan as it was before any change by hand. */
export function plannedOf({ durationSeconds, frameRate, planned }: ShotsDisplay): Shots {
  return { durationSeconds, frameRate, frameCount: planned.at(-1)?.endFrame ?? 0, shots: planned }
}

/** A saved value as edits; what is none is left out. */
export const readShotEdits = (value: unknown): ShotEdit[] =>
  (Array.isArray(value) ? value : []).filter((edit): edit is ShotEdit => shotEditSchema.safeParse(edit).success)

/** The plan with changes by hand, as the node will make it. */
export function editedPlan(
  planned: Shots,
  edits: readonly ShotEdit[],
  beats: Beats | undefined,
  { framing, partSeconds }: PlanSettings,
): EditedShots {
  const edited = applyShotEdits(planned, edits, beats, framing)
  if (edits.length === 0 || partSeconds === null) return edited
  return { ...edited, shots: splitParts(edited.shots, partSeconds) }
}

/** Index of the shot in which a moment lies. */
export function shotAt({ shots, frameRate }: Shots, seconds: number): number {
  const frame = Math.floor(seconds * frameRate + 1e-6)
  const found = shots.findIndex(({ endFrame }) => frame < endFrame)
  return found < 0 ? shots.length - 1 : found
}

/** Index of the shot whose start is nearest to a moment and within reach; -1 where none is. The first cannot be moved. */
export function cutAt({ shots }: Shots, seconds: number, reachSeconds: number): number {
  let best = -1
  let distance = reachSeconds
  for (const [index, { startSeconds }] of shots.entries()) {
    if (index === 0 || Math.abs(startSeconds - seconds) > distance) continue
    best = index
    distance = Math.abs(startSeconds - seconds)
  }
  return best
}

/** Tenths of a millisecond, far less than a frame. */
export const tidySeconds = (seconds: number): number => Math.round(seconds * 1e4) / 1e4

/** The edit that keeps a shot as it is now. */
export function lockOf(shot: Shot, frameRate: number): ShotEdit {
  const { startSeconds, endSeconds, prompt, seed, picture, framing, continues, fadeFrames, starred } = shot
  return {
    ...{
      do: 'lock',
      from: tidySeconds(startSeconds),
      to: tidySeconds(endSeconds),
      prompt,
      seed,
      picture,
      framing,
      continues,
      starred,
    },
    fadeSeconds: tidySeconds(Math.min(4, fadeFrames / frameRate)),
  }
}

/** The edits without those that keep this shot. */
export function withoutLock(edits: readonly ShotEdit[], shot: Shot): ShotEdit[] {
  const middle = (shot.startSeconds + shot.endSeconds) / 2
  return edits.filter((edit) => edit.do !== 'lock' || edit.from > middle || edit.to < middle)
}
