import { applyBeatEdits, type BeatEdit, type Beats } from '@beatloom/core'
import { useMemo, useRef, useState } from 'react'
import { readBeatEdits } from './analysis.ts'
import { withBeatEdit } from './merge-edits.ts'

interface Saving {
  value: unknown
  disabled: boolean
  onChange(value: unknown): void
  onDone(): void
}

export interface BeatEdits {
  edits: readonly BeatEdit[]
  /** The analysis with all of them, and with the one under the pointer. */
  beats: Beats
  unmatched: ReadonlySet<BeatEdit>
  /** One more edit, one step of undo; those of a key that is held come together as one. */
  add(edit: BeatEdit, held?: boolean): void
  /** All of them anew, one step of undo. */
  put(edits: readonly BeatEdit[]): void
  /** What the gesture under way would change; it is no edit before it is kept. */
  preview(edit: BeatEdit | null): void
  keepPreview(): void
}

/** The edits of a param, each carried out at once on the beats that reach the node. */
export function useBeatEdits(base: Beats, { value, disabled, onChange, onDone }: Saving): BeatEdits {
  const edits = useMemo(() => readBeatEdits(value), [value])
  const [trial, setTrial] = useState<BeatEdit | null>(null)
  /** The same at once: a hand may let go before what it did last was drawn. */
  const latest = useRef<BeatEdit | null>(null)
  const shown = useMemo(() => (trial ? withBeatEdit(base, edits, trial) : edits), [base, edits, trial])
  const { beats, unmatched } = useMemo(() => applyBeatEdits(base, shown), [base, shown])
  const waiting = useMemo(() => new Set(unmatched), [unmatched])

  function put(next: readonly BeatEdit[]): void {
    if (disabled) return
    onDone()
    onChange(next)
    onDone()
  }
  return {
    ...{ edits: shown, beats, unmatched: waiting, put },
    add(edit, held = false) {
      const next = withBeatEdit(base, edits, edit)
      if (!held) put(next)
      else if (!disabled) onChange(next)
    },
    preview(edit) {
      latest.current = disabled ? null : edit
      setTrial(latest.current)
    },
    keepPreview() {
      const edit = latest.current
      latest.current = null
      setTrial(null)
      if (edit) put(withBeatEdit(base, edits, edit))
    },
  }
}
