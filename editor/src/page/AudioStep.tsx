import { Music, RefreshCw } from 'lucide-react'
import { fileNameIn, fileUrl } from '../api/client.ts'
import type { MediaStep } from '../document/declared-fields.ts'
import { clockTime } from '../i18n/format.ts'
import { useText } from '../i18n/index.ts'
import { RecordButton } from '../widgets/RecordButton.tsx'
import { useFileFacts } from '../widgets/use-file.ts'
import { DropArea } from './DropArea.tsx'
import { ListenButton } from './ListenButton.tsx'
import { MediaNote } from './MediaNote.tsx'
import { ReplaceButton } from './ReplaceButton.tsx'
import { SongRange } from './SongRange.tsx'
import { Step } from './Step.tsx'
import { useField } from './use-field.ts'
import { useMedia } from './use-media.ts'
import { hearBeats, useSongBeats } from './use-song-beats.ts'

/** A song, dropped, chosen or recorded, and which stretch of it to use. */
export function AudioStep({ step, number }: { step: MediaStep; number: number }) {
  const t = useText()
  const { label, change, seal, locked } = useField(step.field)
  const reference = String(step.field.value ?? '')
  const facts = useFileFacts(reference)
  const beats = useSongBeats(step, reference)
  const media = useMedia(step.field.name, 'audio', (asset) => {
    change(asset.reference)
    seal()
    void hearBeats(step)
  })
  const seconds = facts.data?.facts.durationSeconds ?? 0
  const filled = reference !== ''
  const name = fileNameIn(reference)
  return (
    <Step
      number={number}
      title={label}
      done={filled && !facts.isError}
      className={filled ? 'step-song' : 'step-song step-empty'}
      aside={
        seconds > 0 && (
          <span className="step-facts">
            {beats !== 'hearing' && beats?.tempo && `${t('beats.tempo', { bpm: beats.tempo })} · `}
            {beats === 'hearing' && `${t('page.hearing')} · `}
            {clockTime(seconds)}
          </span>
        )
      }
    >
      <DropArea
        accept="audio"
        label={label}
        filled={filled}
        disabled={locked}
        onFile={media.take}
        invitation={
          <>
            <Music size={28} aria-hidden="true" />
            <strong>{t('page.drop.audio')}</strong>
            <span>{t('page.formats.audio')}</span>
          </>
        }
      >
        <SongRange
          step={step}
          peaks={facts.data?.peaks ?? []}
          seconds={seconds}
          ticks={beats === 'hearing' ? [] : (beats?.ticks ?? [])}
        />
      </DropArea>
      <div className="step-actions">
        {filled && (
          <>
            <ListenButton src={fileUrl(reference)} range={step.range} seconds={seconds} />
            <span className="step-file" title={name}>
              {name}
            </span>
            <ReplaceButton
              accept="audio"
              label={t('page.replace')}
              name={t('page.replaceName', { name: label })}
              icon={<RefreshCw size={14} aria-hidden="true" />}
              disabled={locked}
              onFile={media.take}
            />
          </>
        )}
        {!locked && <RecordButton onFile={media.take} />}
      </div>
      <MediaNote media={media} kind="audio" missing={facts.isError && filled} />
    </Step>
  )
}
