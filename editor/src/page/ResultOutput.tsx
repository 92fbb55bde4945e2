import { Copy, Download } from 'lucide-react'
import type { PublicFile } from '../api/types.ts'
import { useText } from '../i18n/index.ts'
import { DisplayView } from '../previews/displays.tsx'
import { VideoPlayer } from '../previews/VideoPlayer.tsx'
import { Button } from '../ui/Button.tsx'
import { copyText } from '../ui/copy-text.ts'
import { toast } from '../view/view-store.ts'
import type { ShownOutput } from './run-outputs.ts'

const SHORT_LETTERS = 60

/** One declared output: a player, a picture, a sound, a text, or what its node showed of it. */
export function ResultOutput({ shown, label, alone }: { shown: ShownOutput; label: string; alone: boolean }) {
  const { made, displays, declared } = shown
  return (
    <section className="result-output" aria-label={label}>
      {!alone && <h3>{label}</h3>}
      {made.file ? (
        <FileOutput file={made.file} mime={made.mime ?? ''} label={label} />
      ) : made.value === undefined ? (
        <ShownByNode displays={displays} node={declared.output.node} type={made.type} />
      ) : (
        <ValueOutput value={made.value} />
      )}
    </section>
  )
}

export function FileOutput({ file, mime, label }: { file: PublicFile; mime: string; label: string }) {
  const t = useText()
  const kind = mime.split('/')[0]
  if (kind === 'video') return <VideoPlayer src={file.url} label={label} autoPlay />
  return (
    <>
      {kind === 'image' && <img className="result-image" src={file.url} alt={label} />}
      {kind === 'audio' && (
        // biome-ignore lint/a11y/useMediaCaption: a sound that was just made has no captions.
        <audio className="result-audio" src={file.url} controls aria-label={label} />
      )}
      <a className="button" data-tone="plain" data-size="small" href={file.url} download={file.name}>
        <Download size={14} aria-hidden="true" />
        <span>{t('page.downloadFile', { name: file.name })}</span>
      </a>
    </>
  )
}

function ValueOutput({ value }: { value: string | number | boolean }) {
  const t = useText()
  const text = typeof value === 'boolean' ? t(value ? 'history.on' : 'history.off') : String(value)
  if (text.length <= SHORT_LETTERS && !text.includes('\n')) return <p className="result-value">{text}</p>
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a text that scrolls is reached and scrolled by key. */}
      <pre className="display-text" tabIndex={0}>
        {text}
      </pre>
      <Button
        size="small"
        icon={<Copy size={14} aria-hidden="true" />}
        onClick={() => void copyText(text).then((done) => toast(t(done ? 'page.copied' : 'page.notCopied')))}
      >
        {t('page.copy')}
      </Button>
    </>
  )
}

function ShownByNode({ displays, node, type }: Pick<ShownOutput, 'displays'> & { node: string; type: string }) {
  const t = useText()
  if (displays.length === 0) return <p className="result-value">{t('page.madeType', { type })}</p>
  return (
    <>
      {displays.map((item, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: what a node shows is a list whose places are its names.
        <DisplayView key={`${item.kind}:${index}`} item={item} node={node} index={index} />
      ))}
    </>
  )
}
