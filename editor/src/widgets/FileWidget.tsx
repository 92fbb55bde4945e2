import { Fingerprint, ImageIcon, Layers, Music2, Video } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { fileNameIn, fileUrl } from '../api/client.ts'
import { useText } from '../i18n/index.ts'
import { FullImage } from '../previews/FullImage.tsx'
import { NodeVideo } from '../previews/NodeVideo.tsx'
import { factsLine } from './file-facts-line.ts'
import { RecordButton } from './RecordButton.tsx'
import { ACCEPT, useFileFacts, useUpload } from './use-file.ts'
import type { WidgetProps } from './widget.ts'

const SongField = lazy(() => import('./SongField.tsx').then((module) => ({ default: module.SongField })))

const ICONS = { image: ImageIcon, audio: Music2, video: Video, weights: Layers }

const PicturesField = lazy(() =>
  import('../pictures/PicturesField.tsx').then((module) => ({ default: module.PicturesField })),
)

/** Drop, browse, paste or record a file, or several pictures; shows what it is. */
export function FileWidget(props: WidgetProps) {
  if (!props.param.several) return <OneFile {...props} />
  return <PicturesField {...props} input={`${props.node}.${props.param.name}`} small />
}

function OneFile({ id, param, value, label, onChange, onDone, node, disabled }: WidgetProps) {
  const t = useText()
  const accept = param.accept ?? 'image'
  const reference = String(value ?? '')
  const [over, setOver] = useState(false)
  const facts = useFileFacts(reference)
  const upload = useUpload(accept, (asset) => {
    onChange(asset.reference)
    onDone()
  })
  const take = (file: File | undefined) => {
    if (!disabled) void upload.send(file)
  }
  const Icon = ICONS[accept]
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the drop area repeats what the labelled file field does.
    <div
      className="file-widget nodrag"
      data-over={over}
      data-accept={accept}
      onDragOver={(event) => {
        if (disabled) return
        event.preventDefault()
        event.stopPropagation()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault()
        event.stopPropagation()
        setOver(false)
        take(event.dataTransfer.files[0])
      }}
      onPaste={(event) => {
        const file = event.clipboardData.files[0]
        if (!file) return
        event.preventDefault()
        event.stopPropagation()
        take(file)
      }}
    >
      {reference !== '' && !facts.isError && accept === 'image' && (
        <FullImage
          node={node}
          src={fileUrl(reference)}
          name={fileNameIn(reference)}
          size={facts.data?.facts ?? {}}
          small
        />
      )}
      {reference !== '' && !facts.isError && accept === 'video' && (
        <NodeVideo src={fileUrl(reference)} name={fileNameIn(reference)} />
      )}
      {accept === 'audio' && facts.data?.peaks && (
        <Suspense fallback={<div className="song-waiting" />}>
          <SongField node={node} reference={reference} facts={facts.data} label={label} disabled={disabled} />
        </Suspense>
      )}
      <div className="file-row">
        <label className="file-line" htmlFor={id}>
          <Icon size={14} />
          <span className="file-name">{reference === '' ? t('file.choose') : fileNameIn(reference)}</span>
          <input
            id={id}
            className="visually-hidden"
            type="file"
            accept={ACCEPT[accept]}
            aria-label={label}
            disabled={disabled}
            onChange={(event) => take(event.target.files?.[0])}
          />
        </label>
        {accept === 'audio' && <RecordButton onFile={take} />}
      </div>
      {upload.share !== null && <progress className="upload-bar" value={upload.share} aria-label={t('file.sending')} />}
      {facts.data && (
        <span className="file-facts">
          {factsLine(facts.data)}
          <ContentMark reference={reference} />
        </span>
      )}
      {facts.isError && reference !== '' && <span className="field-problem">{t('file.missing')}</span>}
      {upload.problem && (
        <span className="field-problem" role="alert">
          {upload.problem}
        </span>
      )}
    </div>
  )
}

/** A file that is known by its content is found again wherever it lies and whatever it is called. */
function ContentMark({ reference }: { reference: string }) {
  const t = useText()
  const hash = /^(?:assets|artifacts)\/([0-9a-f]{64})\//.exec(reference)?.[1]
  if (!hash) return null
  const hint = t('file.byContent', { hash })
  return (
    <span className="file-hash" title={hint}>
      <Fingerprint size={12} aria-hidden="true" />
      <span className="visually-hidden">{hint}</span>
      <span aria-hidden="true">{hash.slice(0, 7)}</span>
    </span>
  )
}
