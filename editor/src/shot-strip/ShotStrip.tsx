import type { Beats } from '@beatloom/core'
import { useId, useMemo, useState } from 'react'
import { beatsOfDisplay } from '../beat-grid/analysis.ts'
import { ticksOf } from '../beat-grid/beat-places.ts'
import { EditList } from '../beat-grid/EditList.tsx'
import { useSongOf } from '../beat-grid/use-input-beats.ts'
import { useText } from '../i18n/index.ts'
import { SongStageView } from '../previews/SongStageView.tsx'
import { useSongStage } from '../previews/use-song-stage.ts'
import '../styles/beat-grid.css'
import '../styles/shot-strip.css'
import { remadeShots } from './remade-shots.ts'
import { ShotCells } from './ShotCells.tsx'
import { ShotFields } from './ShotFields.tsx'
import { ShotText } from './ShotText.tsx'
import { StripHead } from './StripHead.tsx'
import { shotEditText } from './shot-edit-text.ts'
import { type PlanSettings, type ShotsDisplay, shotAt } from './shot-plan.ts'
import { useShotCommands } from './use-shot-commands.ts'
import { useShotEdits } from './use-shot-edits.ts'
import { useShotClips, useShotPictures } from './use-shot-pictures.ts'
import { useShotPointer } from './use-shot-pointer.ts'

export interface ShotStripProps {
  node: string
  label: string
  /** What the last run planned. */
  shown: ShotsDisplay
  /** The beats that reach the node now; null: those of the run. */
  beats: Beats | null
  settings: PlanSettings
  value: unknown
  disabled: boolean
  /** Over the whole window. */
  large?: boolean
  onChange(value: unknown): void
  onDone(): void
}

/** A single part is the piece itself: nothing to find one's way by. */
const NO_SECTIONS: ShotsDisplay['sections'] = []

/** The shots of a plan under their song, as they are after the changes made here, each of which is an edit by time. */
export function ShotStrip({
  node,
  label,
  shown,
  beats: live,
  settings,
  disabled,
  large = false,
  ...saving
}: ShotStripProps) {
  const t = useText()
  const id = useId()
  const heard = useMemo(() => beatsOfDisplay({ ...shown, kind: 'beats', tempoBpm: null, confidence: 0 }), [shown])
  const beats = live ?? heard
  const stage = useSongStage(useSongOf(node, shown.peaks, shown.durationSeconds))
  const edits = useShotEdits(shown, beats, settings, { ...saving, disabled })
  const { plan } = edits
  const [asText, setAsText] = useState(false)
  const clips = useShotClips(node)
  const pictures = useShotPictures(node)
  const ticks = useMemo(() => ticksOf(beats), [beats])
  const remade = useMemo(
    () => remadeShots(shown, { ...plan, beats: beats.beats, downbeats: beats.downbeats }),
    [shown, plan, beats],
  )
  const focus = (part: 'prompt' | 'cells') => document.getElementById(`${id}-${part}`)?.focus()
  const commands = useShotCommands({ stage, edits, beats: beats.beats, onWords: () => focus('prompt') })
  const pointer = useShotPointer({
    ...{ stage, edits, disabled, beats: beats.beats },
    onClick(at) {
      commands.choose(shotAt(plan, at))
      stage.setHead(at)
    },
  })
  const share = (time: number) => ((time - stage.view.from) / stage.view.span) * 100

  return (
    <div className="shot-strip">
      <StripHead count={plan.shots.length} remade={remade.size} asText={asText} onAsText={setAsText} />
      <SongStageView
        stage={stage}
        large={large}
        ticks={ticks}
        sections={shown.sections.length > 1 ? shown.sections : NO_SECTIONS}
        plot={{ ...pointer, role: 'img', 'aria-label': label }}
        below={
          <ShotCells
            id={`${id}-cells`}
            {...{ plan, remade, clips, pictures }}
            chosen={commands.chosen}
            view={stage.view}
            handlers={{
              ...pointer,
              onKeyDown: commands.onKeyDown,
              onBlur: saving.onDone,
              'aria-describedby': `${id}-hint`,
            }}
          />
        }
      >
        {plan.shots.slice(1).map(({ startFrame, startSeconds }) => (
          <span key={startFrame} className="shot-edge" style={{ left: `${share(startSeconds)}%` }} />
        ))}
      </SongStageView>
      {asText ? (
        <ShotText edits={edits} settings={settings} disabled={disabled} />
      ) : (
        <ShotFields
          shot={commands.shot}
          index={commands.chosen}
          count={plan.shots.length}
          frameRate={plan.frameRate}
          pictures={pictures.length}
          promptId={`${id}-prompt`}
          disabled={disabled}
          commands={commands}
          onDone={saving.onDone}
          onLeave={() => focus('cells')}
        />
      )}
      <EditList
        lines={edits.edits.map((edit) => ({ text: shotEditText(edit, t), isWaiting: edits.unmatched.has(edit) }))}
        waitingText={t('shots.waiting')}
        disabled={disabled}
        onRemove={(at) => edits.put(edits.edits.toSpliced(at, 1))}
        onReset={() => edits.put([])}
      />
      <p className="field-hint" id={`${id}-hint`}>
        {t('shots.hint')}
      </p>
    </div>
  )
}
