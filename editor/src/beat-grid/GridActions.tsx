import type { BeatEdit } from '@beatloom/core'
import { ArrowLeftToLine, ArrowRightToLine, Check, Plus, X } from 'lucide-react'
import { useText } from '../i18n/index.ts'
import { Chip } from '../ui/Chip.tsx'
import { halfThatKeepsBars } from './beat-places.ts'
import { DelayField } from './DelayField.tsx'
import type { BeatEdits } from './use-beat-edits.ts'
import { type Taps, tappedBpm } from './use-taps.ts'

interface GridActionsProps {
  edits: BeatEdits
  taps: Taps
  /** There is a song to tap along with. */
  canHear: boolean
  disabled: boolean
  onAdd(): void
}

/** What is done to all beats at once: half and double time, bar lines, delay, tapping. */
export function GridActions({ edits, taps, canHear, disabled, onAdd }: GridActionsProps) {
  const t = useText()
  const last = edits.edits.at(-1)
  const change = (edit: BeatEdit) => () => edits.add(edit)
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would bring a frame and a legend of its own.
    <div className="chips beat-all" role="group" aria-label={t('beatGrid.all')}>
      <Chip
        disabled={disabled}
        label={t('beatGrid.halve')}
        onClick={change({ do: 'halve', from: halfThatKeepsBars(edits.beats) })}
      >
        ÷2
      </Chip>
      {last?.do === 'halve' && (
        <Chip
          disabled={disabled}
          onClick={() =>
            edits.put([...edits.edits.slice(0, -1), { do: 'halve', from: last.from === 'first' ? 'second' : 'first' }])
          }
        >
          {t('beatGrid.otherHalf')}
        </Chip>
      )}
      <Chip disabled={disabled} label={t('beatGrid.double')} onClick={change({ do: 'double' })}>
        ×2
      </Chip>
      <Chip disabled={disabled} label={t('beatGrid.barsEarlier')} onClick={change({ do: 'shift', beats: -1 })}>
        <ArrowLeftToLine size={13} aria-hidden="true" />
      </Chip>
      <Chip disabled={disabled} label={t('beatGrid.barsLater')} onClick={change({ do: 'shift', beats: 1 })}>
        <ArrowRightToLine size={13} aria-hidden="true" />
      </Chip>
      <Chip disabled={disabled} onClick={onAdd}>
        <Plus size={13} aria-hidden="true" />
        {t('beatGrid.add')}
      </Chip>
      {canHear && <TapButton taps={taps} disabled={disabled} />}
      <DelayField edits={edits} disabled={disabled} />
    </div>
  )
}

/** Every press is a beat; the moment counts at which the finger comes down. */
function TapButton({ taps, disabled }: { taps: Taps; disabled: boolean }) {
  const t = useText()
  const bpm = tappedBpm(taps.times)
  const going = taps.times.length > 0
  return (
    <>
      <Chip
        className="beat-tap-button"
        disabled={disabled}
        data-going={going}
        onPointerDown={(event) => {
          event.stopPropagation()
          if (event.button === 0) taps.tap()
        }}
        // A click without a pointer comes from a key.
        onClick={(event) => event.detail === 0 && taps.tap()}
      >
        {going
          ? t('beatGrid.tapping', { n: taps.times.length, bpm: bpm === null ? '–' : Math.round(bpm) })
          : t('beatGrid.tap')}
      </Chip>
      {going && (
        <>
          <Chip label={t('beatGrid.tapKeep')} onClick={taps.keep}>
            <Check size={13} aria-hidden="true" />
          </Chip>
          <Chip label={t('beatGrid.tapDrop')} onClick={taps.drop}>
            <X size={13} aria-hidden="true" />
          </Chip>
        </>
      )}
    </>
  )
}
