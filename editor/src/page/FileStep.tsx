import { Camera, ImagePlus, RefreshCw } from 'lucide-react'
import { fileUrl } from '../api/client.ts'
import type { MediaStep } from '../document/declared-fields.ts'
import { useText } from '../i18n/index.ts'
import { factsLine } from '../widgets/file-facts-line.ts'
import { useFileFacts, useUpload } from '../widgets/use-file.ts'
import { DropArea } from './DropArea.tsx'
import { ReplaceButton } from './ReplaceButton.tsx'
import { Step } from './Step.tsx'
import { UploadState } from './UploadState.tsx'
import { useField } from './use-field.ts'

/** A picture (or clip) to start from. */
export function FileStep({ step, number }: { step: MediaStep; number: number }) {
  const t = useText()
  const { label, change, seal } = useField(step.field)
  const reference = String(step.field.value ?? '')
  const facts = useFileFacts(reference)
  const upload = useUpload(step.accept, (asset) => {
    change(asset.reference)
    seal()
  })
  const kind = step.accept === 'video' ? 'video' : 'image'
  return (
    <Step
      number={number}
      title={label}
      done={reference !== ''}
      className="step-picture"
      aside={reference !== '' && facts.data && <span className="step-facts">{factsLine(facts.data)}</span>}
    >
      <DropArea
        accept={step.accept}
        label={label}
        filled={reference !== ''}
        onFile={upload.send}
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
            <img className="step-backdrop" src={fileUrl(reference)} alt="" aria-hidden="true" />
            <img className="step-thumb" src={fileUrl(reference)} alt={label} />
          </div>
        )}
        <div className="step-actions">
          <ReplaceButton
            accept={step.accept}
            label={t('page.replace')}
            icon={<RefreshCw size={14} />}
            onFile={upload.send}
          />
          {kind === 'image' && (
            <ReplaceButton
              accept="image"
              camera
              label={t('page.camera')}
              icon={<Camera size={14} />}
              onFile={upload.send}
            />
          )}
        </div>
      </DropArea>
      <UploadState upload={upload} missing={facts.isError && reference !== ''} />
    </Step>
  )
}
