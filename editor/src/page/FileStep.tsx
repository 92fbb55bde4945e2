import { Camera, ImagePlus, RefreshCw } from 'lucide-react'
import { fileUrl, thumbnailUrl } from '../api/client.ts'
import type { MediaStep } from '../document/declared-fields.ts'
import { useText } from '../i18n/index.ts'
import { factsLine } from '../widgets/file-facts-line.ts'
import { useFileFacts } from '../widgets/use-file.ts'
import { DropArea } from './DropArea.tsx'
import { MediaNote } from './MediaNote.tsx'
import { ReplaceButton } from './ReplaceButton.tsx'
import { Step } from './Step.tsx'
import { useField } from './use-field.ts'
import { useMedia } from './use-media.ts'

/** A picture (or clip) to start from: dropped, chosen, or photographed. */
export function FileStep({ step, number }: { step: MediaStep; number: number }) {
  const t = useText()
  const { label, change, seal, locked } = useField(step.field)
  const reference = String(step.field.value ?? '')
  const facts = useFileFacts(reference)
  const kind = step.accept === 'video' ? 'video' : 'image'
  const media = useMedia(step.field.name, kind, (asset) => {
    change(asset.reference)
    seal()
  })
  const filled = reference !== ''
  return (
    <Step
      number={number}
      title={label}
      done={filled && !facts.isError}
      className={filled ? 'step-picture' : 'step-picture step-empty'}
      aside={filled && facts.data && <span className="step-facts">{factsLine(facts.data)}</span>}
    >
      <DropArea
        accept={kind}
        label={label}
        filled={filled}
        disabled={locked}
        onFile={media.take}
        invitation={
          <>
            <ImagePlus size={28} aria-hidden="true" />
            <strong>{t(`page.drop.${kind}`)}</strong>
            <span>{t(`page.formats.${kind}`)}</span>
          </>
        }
      >
        {kind === 'video' ? (
          <video className="step-thumb" src={fileUrl(reference)} muted playsInline preload="metadata" />
        ) : (
          <div className="step-frame">
            <img className="step-backdrop" src={thumbnailUrl(reference)} alt="" aria-hidden="true" />
            <img className="step-thumb" src={thumbnailUrl(reference)} alt={label} />
          </div>
        )}
      </DropArea>
      <div className="step-actions">
        {filled && (
          <ReplaceButton
            accept={kind}
            label={t('page.replace')}
            name={t('page.replaceName', { name: label })}
            icon={<RefreshCw size={14} aria-hidden="true" />}
            disabled={locked}
            onFile={media.take}
          />
        )}
        <ReplaceButton
          accept={kind}
          camera
          label={t('page.camera')}
          name={t('page.cameraName', { name: label })}
          icon={<Camera size={14} aria-hidden="true" />}
          disabled={locked}
          onFile={media.take}
        />
      </div>
      <MediaNote media={media} kind={kind} missing={facts.isError && filled} />
    </Step>
  )
}
