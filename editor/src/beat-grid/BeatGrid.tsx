import { useId, useMemo } from 'react'
import { percent } from '../i18n/format.ts'
import { useText } from '../i18n/index.ts'
import { SongStageView } from '../previews/SongStageView.tsx'
import { type SongSource, useSongStage } from '../previews/use-song-stage.ts'
import '../styles/beat-grid.css'
import { BeatActions } from './BeatActions.tsx'
import { beatEditText } from './beat-edit-text.ts'
import { onsetsOf, ticksOf } from './beat-places.ts'
import { EditList } from './EditList.tsx'
import { GridActions } from './GridActions.tsx'
import type { KnownBeats } from './known-beats.ts'
import { useBeatCommands } from './use-beat-commands.ts'
import { useBeatEdits } from './use-beat-edits.ts'
import { useBeatPointer } from './use-beat-pointer.ts'
import { useSongOf } from './use-input-beats.ts'
import { useTaps } from './use-taps.ts'

export interface BeatGridProps {
  node: string
  label: string
  known: KnownBeats
  value: unknown
  disabled: boolean
  /** Over the whole window. */
  large?: boolean
  onChange(value: unknown): void
  onDone(): void
}

/** The beats of a song as they are after the changes made here, each of which is an edit by time. */
export function BeatGrid({ node, label, known, disabled, large = false, ...saving }: BeatGridProps) {
  const t = useText()
  const hint = useId()
  const { shown } = known
  const source = useSongOf(node, shown.peaks, shown.durationSeconds)
  const stage = useSongStage(source)
  const edits = useBeatEdits(known.beats, { ...saving, disabled })
  const taps = useTaps(stage, (times) => edits.add({ do: 'tap', times }))
  const { beats, tempoBpm } = edits.beats
  const ticks = useMemo(() => ticksOf(edits.beats), [edits.beats])
  const onsets = useOnsets(shown.onsets, source, stage.fine)
  const commands = useBeatCommands(stage, edits, taps, disabled)
  const { beat, isDown } = commands
  const pointer = useBeatPointer({ stage, edits, disabled, onsets, select: commands.choose })

  const tempo = tempoBpm === null ? t('beats.none') : t('beats.tempo', { bpm: Math.round(tempoBpm * 10) / 10 })
  const sure = t('beats.confidence', { share: percent(shown.confidence) })
  const words = [tempo, t('beats.count', { n: beats.length }), sure].join(' · ')
  const share = (time: number) => (time - stage.view.from) / stage.view.span
  const isInSight = beat !== null && share(beat) >= 0 && share(beat) <= 1
  return (
    <div className="beat-grid">
      <SongStageView
        stage={stage}
        large={large}
        ticks={ticks}
        sections={shown.sections ?? []}
        plot={{
          ...pointer,
          role: 'application',
          'data-holds-escape': beat !== null || taps.times.length > 0,
          tabIndex: 0,
          'aria-label': `${label}: ${words}`,
          'aria-describedby': hint,
          onKeyDown: commands.onKeyDown,
          onBlur: saving.onDone,
        }}
        below={
          beat !== null && (
            <BeatActions
              text={commands.name}
              isDown={isDown}
              disabled={disabled}
              onNudge={commands.nudge}
              onDown={commands.toggleDown}
              onRemove={commands.remove}
            />
          )
        }
      >
        {isInSight && <span className="beat-chosen" data-strong={isDown} style={{ left: `${share(beat) * 100}%` }} />}
        {taps.times.map((time) => (
          <span key={time} className="beat-tap" style={{ left: `${share(time) * 100}%` }} />
        ))}
      </SongStageView>
      <p className="beat-words">{words}</p>
      <GridActions
        edits={edits}
        taps={taps}
        canHear={source.reference !== null}
        disabled={disabled}
        onAdd={commands.addAtHead}
      />
      <EditList
        lines={edits.edits.map((edit) => ({ text: beatEditText(edit, t), isWaiting: edits.unmatched.has(edit) }))}
        waitingText={t('beatGrid.waiting')}
        disabled={disabled}
        onRemove={(at) => edits.put(edits.edits.toSpliced(at, 1))}
        onReset={() => edits.put([])}
      />
      <p className="field-hint" id={hint}>
        {t('beatGrid.hint')}
      </p>
    </div>
  )
}

/** Where something begins to sound: as the analysis heard it, else as finely as the waveform is known. */
function useOnsets(
  heard: readonly number[] | undefined,
  { peaks, seconds, offset, fileSeconds }: SongSource,
  fine: readonly number[] | null,
): readonly number[] {
  return useMemo(() => {
    if (heard) return heard
    return fine && fileSeconds ? onsetsOf(fine, fileSeconds, offset, seconds) : onsetsOf(peaks, seconds)
  }, [heard, peaks, seconds, offset, fileSeconds, fine])
}
