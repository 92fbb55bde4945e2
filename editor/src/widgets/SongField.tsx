import type { FileFacts } from '../api/types.ts'
import { documentStore } from '../document/document-store.ts'
import { SongView } from '../previews/SongView.tsx'
import { numberRules } from './number-rules.ts'
import { paramOf, setParams, useSibling } from './siblings.ts'
import { useKnownBeats } from './use-known-beats.ts'

const START = 'startSeconds'
const DURATION = 'durationSeconds'

interface SongFieldProps {
  node: string
  reference: string
  facts: FileFacts
  label: string
  disabled: boolean
}

/** The whole song of a file field; where its node takes a stretch of it, dragging says which. */
export function SongField({ node, reference, facts, label, disabled }: SongFieldProps) {
  const start = useSibling(node, START)
  const duration = useSibling(node, DURATION)
  const known = useKnownBeats(node, reference)
  const seconds = facts.facts.durationSeconds ?? 0
  const durationParam = paramOf(node, DURATION)
  const takesStretch = durationParam !== undefined && paramOf(node, START) !== undefined
  if (seconds === 0) return null
  const { min, max } = durationParam ? numberRules(durationParam) : { min: 0, max: seconds }
  return (
    <SongView
      key={reference}
      reference={reference}
      peaks={facts.peaks ?? []}
      seconds={seconds}
      fileSeconds={seconds}
      ticks={known?.ticks ?? []}
      sections={known?.sections ?? []}
      label={label}
      range={
        takesStretch
          ? {
              start: Math.min(seconds, Number(start ?? 0)),
              // 0 is all that follows.
              duration: Number(duration ?? 0) || seconds,
              min,
              max,
              disabled,
              onChange: (range) =>
                setParams(node, { [START]: range.start, [DURATION]: range.duration }, `range:${node}`),
              onDone: () => documentStore.getState().seal(),
            }
          : undefined
      }
    />
  )
}
