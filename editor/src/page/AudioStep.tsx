import { Music, RefreshCw } from 'lucide-react'
import { useMemo } from 'react'
import { fileUrl } from '../api/client.ts'
import type { MediaStep } from '../document/declared-fields.ts'
import { clockTime } from '../i18n/format.ts'
import { useText } from '../i18n/index.ts'
import { useFileFacts, useUpload } from '../widgets/use-file.ts'
import { DropArea } from './DropArea.tsx'
import { ListenButton } from './ListenButton.tsx'
import { ReplaceButton } from './ReplaceButton.tsx'
import { SongRange } from './SongRange.tsx'
import { Step } from './Step.tsx'
import { UploadState } from './UploadState.tsx'
import { useField } from './use-field.ts'
import { useSongBeats } from './use-song-beats.ts'

/** A song, and which stretch of it to use. */
export function AudioStep({ step, number }: { step: MediaStep; number: number }) {
  const t = useText()
  const { label, change, seal } = useField(step.field)
  const reference = String(step.field.value ?? '')
  const facts = useFileFacts(reference)
  const beats = useSongBeats(step, reference)
  const upload = useUpload('audio', (asset) => {
    change(asset.reference)
    seal()
  })
  const seconds = facts.data?.facts.durationSeconds ?? 0
  const name = useMemo(() => decodeURIComponent(reference.split('/').at(-1) ?? ''), [reference])
  return (
    <Step
      number={number}
      title={label}
      done={reference !== ''}
      aside={
        seconds > 0 && (
          <span className="step-facts">
            {beats?.tempo && `${t('beats.tempo', { bpm: beats.tempo })} · `}
            {clockTime(seconds)}
          </span>
        )
      }
    >
      <DropArea
        accept="audio"
        label={label}
        filled={reference !== ''}
        onFile={upload.send}
        invitation={
          <>
            <Music size={28} aria-hidden="true" />
            <strong>{t('page.drop.audio')}</strong>
            <span>{t('page.formats.audio')}</span>
          </>
        }
      >
        <SongRange step={step} peaks={facts.data?.peaks ?? []} seconds={seconds} ticks={beats?.ticks ?? []} />
        <div className="step-actions">
          <ListenButton src={fileUrl(reference)} range={step.range} seconds={seconds} />
          <span className="step-file" title={name}>
            {name}
          </span>
          <ReplaceButton accept="audio" label={t('page.replace')} icon={<RefreshCw size={14} />} onFile={upload.send} />
        </div>
      </DropArea>
      <UploadState upload={upload} missing={facts.isError && reference !== ''} />
    </Step>
  )
}
