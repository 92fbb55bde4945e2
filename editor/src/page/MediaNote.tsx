import type { ErrorCode } from '@beatloom/core'
import { CircleAlert, RotateCw } from 'lucide-react'
import { lazy, type ReactNode, Suspense } from 'react'
import { clockTime, fileSize, percent } from '../i18n/format.ts'
import { type Translate, useText } from '../i18n/index.ts'
import { errorText } from '../i18n/issue-text.ts'
import { Button } from '../ui/Button.tsx'
import { ProgressBar } from '../ui/ProgressBar.tsx'
import type { Finding, MediaKind } from './check-media.ts'
import { MAX_SONG_SECONDS, MAX_UPLOAD_BYTES, SMALLER_SIDE_PX } from './media-limits.ts'
import { shrunk } from './picture-size.ts'
import type { Media } from './use-media.ts'

const CutSong = lazy(() => import('./CutSong.tsx').then((module) => ({ default: module.CutSong })))

interface MediaNoteProps {
  media: Media
  kind: MediaKind
  /** The file in use is no longer on the server. */
  missing: boolean
  /** One of several: what went wrong on the way says with which. */
  named?: boolean
}

/** How the sending goes; or what is wrong with a file, what is allowed, and the way out. */
export function MediaNote({ media, kind, missing, named = false }: MediaNoteProps) {
  const t = useText()
  const { state } = media
  switch (state.kind) {
    case 'idle':
      return missing ? <p className="step-problem">{t('file.missing')}</p> : null
    case 'working':
      return (
        <div className="step-sending">
          <ProgressBar share={state.share} label={t('file.sending')} />
          <span>
            {state.share === null
              ? t('page.checking', { name: state.file.name })
              : t('page.sending', { name: state.file.name, share: percent(state.share) })}
          </span>
          <Button size="small" tone="quiet" onClick={media.dismiss}>
            {t('page.stopSending')}
          </Button>
        </div>
      )
    case 'refused':
      return (
        <Problem text={findingText(state.finding, state.file, kind, t)} onDismiss={media.dismiss}>
          <WayOut finding={state.finding} file={state.file} media={media} />
        </Problem>
      )
    case 'wrong':
      return (
        <Problem
          text={t(state.reason === 'redraw' ? 'page.cannotRedraw' : `page.wrong.${kind}`, { name: state.file.name })}
          onDismiss={media.dismiss}
        />
      )
    case 'failed': {
      const text = errorText({ code: state.error.code as ErrorCode, message: state.error.message })
      return (
        <Problem
          text={named ? t('page.sendingFailed', { name: state.file.name, problem: text }) : text}
          onDismiss={media.dismiss}
        >
          {['unreachable', 'internal', 'disk_full'].includes(state.error.code) && (
            <Button size="small" icon={<RotateCw size={14} aria-hidden="true" />} onClick={media.retry}>
              {t('page.sendOn')}
            </Button>
          )}
        </Problem>
      )
    }
  }
}

function Problem({ text, onDismiss, children }: { text: string; onDismiss(): void; children?: ReactNode }) {
  const t = useText()
  return (
    <div className="step-trouble">
      <p role="alert">
        <CircleAlert size={16} aria-hidden="true" />
        <span>{text}</span>
      </p>
      <div className="step-actions">
        {children}
        <Button size="small" tone="quiet" onClick={onDismiss}>
          {t('app.dismiss')}
        </Button>
      </div>
    </div>
  )
}

function findingText(finding: Finding, { name, size }: File, kind: MediaKind, t: Translate): string {
  switch (finding.code) {
    case 'empty':
      return t('file.empty', { name })
    case 'type':
      return t(`page.wrong.${kind}`, { name })
    case 'bytes':
      return t('page.tooManyBytes', { name, size: fileSize(size), most: fileSize(MAX_UPLOAD_BYTES) })
    case 'pixels':
      return t('page.tooManyPixels', { name, ...finding.size })
    case 'seconds':
      return t('page.tooLong', { name, length: clockTime(finding.seconds), most: clockTime(MAX_SONG_SECONDS) })
  }
}

/** A copy that fits: a picture made smaller or written anew, a stretch of the song. */
function WayOut({ finding, file, media }: { finding: Finding; file: File; media: Media }) {
  const t = useText()
  if ((finding.code === 'bytes' || finding.code === 'seconds') && finding.wav)
    return (
      <Suspense fallback={null}>
        <CutSong file={file} wav={finding.wav} onCut={media.take} />
      </Suspense>
    )
  if (finding.code === 'pixels') {
    const { width, height } = shrunk(finding.size, SMALLER_SIDE_PX)
    return (
      <Button size="small" onClick={() => media.redraw(file, SMALLER_SIDE_PX)}>
        {t('page.makeSmaller', { width, height })}
      </Button>
    )
  }
  const redraws = (finding.code === 'type' || finding.code === 'bytes') && finding.redraw
  return redraws ? (
    <Button size="small" onClick={() => media.redraw(file, SMALLER_SIDE_PX)}>
      {t('page.asJpg')}
    </Button>
  ) : null
}
