import { ImageIcon, Music2, Video } from 'lucide-react'
import { useState } from 'react'
import { fileUrl } from '../api/client.ts'
import { useText } from '../i18n/index.ts'
import { Waveform } from '../previews/Waveform.tsx'
import { factsLine } from './file-facts-line.ts'
import { ACCEPT, useFileFacts, useUpload } from './use-file.ts'
import type { WidgetProps } from './widget.ts'

const ICONS = { image: ImageIcon, audio: Music2, video: Video }

/** Drop, browse or paste a file; shows what it is. */
export function FileWidget({ id, param, value, label, onChange, onDone }: WidgetProps) {
  const t = useText()
  const accept = param.accept ?? 'image'
  const reference = String(value ?? '')
  const [over, setOver] = useState(false)
  const facts = useFileFacts(reference)
  const upload = useUpload(accept, (asset) => {
    onChange(asset.reference)
    onDone()
  })
  const Icon = ICONS[accept]
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the drop area repeats what the labelled file field does.
    <div
      className="file-widget nodrag"
      data-over={over}
      onDragOver={(event) => {
        event.preventDefault()
        event.stopPropagation()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault()
        event.stopPropagation()
        setOver(false)
        upload.send(event.dataTransfer.files[0])
      }}
    >
      {reference !== '' && accept === 'image' && (
        <img className="file-thumb" src={fileUrl(reference)} alt="" draggable={false} />
      )}
      {reference !== '' && accept === 'audio' && facts.data?.peaks && (
        <Waveform peaks={facts.data.peaks} heightPx={44} />
      )}
      <label className="file-line" htmlFor={id}>
        <Icon size={14} />
        <span className="file-name">{reference === '' ? t('file.choose') : nameOf(reference)}</span>
        <input
          id={id}
          className="visually-hidden"
          type="file"
          accept={ACCEPT[accept]}
          aria-label={label}
          onChange={(event) => upload.send(event.target.files?.[0])}
        />
      </label>
      {upload.share !== null && <progress className="upload-bar" value={upload.share} />}
      {facts.data && <span className="file-facts">{factsLine(facts.data)}</span>}
      {facts.isError && reference !== '' && <span className="field-problem">{t('file.missing')}</span>}
      {upload.problem && (
        <span className="field-problem" role="alert">
          {upload.problem}
        </span>
      )}
    </div>
  )
}

const nameOf = (reference: string): string => decodeURIComponent(reference.split('/').at(-1) ?? reference)
