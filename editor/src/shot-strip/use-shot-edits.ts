import type { Beats, Shot, ShotEdit, Shots } from '@beatloom/core'
import { useMemo, useRef, useState } from 'react'
import { withShotEdit } from './merge-shot-edits.ts'
import { editedPlan, type PlanSettings, plannedOf, readShotEdits, type ShotsDisplay } from './shot-plan.ts'

interface Saving {
  value: unknown
  disabled: boolean
  onChange(value: unknown): void
  onDone(): void
}

export interface ShotEdits {
  edits: readonly ShotEdit[]
  /** Before any of them. */
  planned: Shots
  /** After all of them, and after the one under the pointer. */
  plan: Shots
  unmatched: ReadonlySet<ShotEdit>
  /** One more edit, one step of undo; those of typing come together as one. False where it would change nothing. */
  add(edit: ShotEdit, held?: boolean): boolean
  put(edits: readonly ShotEdit[]): void
  /** What the gesture under way would change; it is no edit before it is kept. */
  preview(edit: ShotEdit | null): void
  keepPreview(): void
}

/** The edits of a param, each carried out at once on what was planned. */
export function useShotEdits(
  shown: ShotsDisplay,
  beats: Beats | undefined,
  { framing, partSeconds }: PlanSettings,
  { value, disabled, onChange, onDone }: Saving,
): ShotEdits {
  const edits = useMemo(() => readShotEdits(value), [value])
  const [trial, setTrial] = useState<ShotEdit | null>(null)
  /** The same at once, and the last that could be done: a hand may let go before what it did last was drawn. */
  const possible = useRef<readonly ShotEdit[] | null>(null)
  const planned = useMemo(() => plannedOf(shown), [shown])
  const edited = useMemo(
    () => (list: readonly ShotEdit[]) => editedPlan(planned, list, beats, { framing, partSeconds }),
    [planned, beats, framing, partSeconds],
  )
  const shotsOf = (list: readonly ShotEdit[]): readonly Shot[] => edited(list).shots.shots
  const list = useMemo(
    () => (trial ? withShotEdit(edits, trial, (of) => edited(of).shots.shots) : edits),
    [edited, edits, trial],
  )
  const current = useMemo(() => edited(list), [edited, list])
  const unmatched = useMemo(() => new Set(current.unmatched), [current])

  function put(next: readonly ShotEdit[]): void {
    if (disabled) return
    onDone()
    onChange(next)
    onDone()
  }
  /** The edits with one more; null where there is nothing it could act on. */
  function withOne(edit: ShotEdit): ShotEdit[] | null {
    const next = withShotEdit(edits, edit, shotsOf)
    return disabled || edited(next).unmatched.length > edited(edits).unmatched.length ? null : next
  }
  return {
    ...{ edits: list, planned, plan: current.shots, unmatched, put },
    add(edit, held = false) {
      const next = withOne(edit)
      if (next && held) onChange(next)
      else if (next) put(next)
      return next !== null
    },
    preview(edit) {
      const next = edit && withOne(edit)
      // An edge that can go no further stays where it could.
      if (edit && !next) return
      possible.current = next
      setTrial(edit)
    },
    keepPreview() {
      const next = possible.current
      possible.current = null
      setTrial(null)
      if (next) put(next)
    },
  }
}
