import { CircleAlert, CircleSlash, Clapperboard, Download, Shuffle, Workflow } from 'lucide-react'
import { useDocument } from '../document/document-store.ts'
import { workTime } from '../i18n/format.ts'
import { useText } from '../i18n/index.ts'
import { errorText } from '../i18n/issue-text.ts'
import { DisplayView } from '../previews/displays.tsx'
import { VideoPlayer } from '../previews/VideoPlayer.tsx'
import { useRun } from '../run/run-store.ts'
import { canMakeAnother, makeAnother } from '../shell/session.ts'
import { Button } from '../ui/Button.tsx'
import { showFace, useView } from '../view/view-store.ts'

/** What the last run made, or why it made nothing; before any run, what will appear here. */
export function Result() {
  const t = useText()
  const language = useView((state) => state.language)
  const run = useRun((state) => state.run)
  const another = useDocument((state) => canMakeAnother(state.workflow))
  if (!run) {
    return (
      <div className="stage" data-empty>
        <Clapperboard size={30} strokeWidth={1.5} aria-hidden="true" />
        <p>{t('page.resultHere')}</p>
      </div>
    )
  }
  const videos = run.outputs.filter((output) => output.file && output.mime?.startsWith('video/'))
  const notes = Object.values(run.displays)
    .flat()
    .filter((item) => item.kind === 'note')
  return (
    <div className="result">
      {run.state === 'failed' || run.state === 'interrupted' ? (
        <div className="notice" data-tone="error" role="alert">
          <CircleAlert size={18} aria-hidden="true" />
          <p>{run.error ? errorText(run.error, t, language) : t('run.failed')}</p>
        </div>
      ) : null}
      {run.state === 'cancelled' && (
        <div className="notice">
          <CircleSlash size={18} aria-hidden="true" />
          <p>{t('run.cancelled')}</p>
        </div>
      )}
      {videos.map(({ name, file }) => (
        <div key={name}>
          <VideoPlayer src={file!.url} label={t('page.result')} autoPlay />
          <div className="result-actions">
            <a className="button" data-tone="primary" data-size="medium" href={file!.url} download={file!.name}>
              <Download size={16} aria-hidden="true" />
              <span>{t('page.download')}</span>
            </a>
            {another && (
              <Button icon={<Shuffle size={16} aria-hidden="true" />} onClick={() => void makeAnother()}>
                {t('page.another')}
              </Button>
            )}
            <Button tone="quiet" icon={<Workflow size={16} aria-hidden="true" />} onClick={() => showFace('graph')}>
              {t('page.openGraph')}
            </Button>
          </div>
        </div>
      ))}
      {videos.length === 0 && run.state === 'done' && (
        <div className="result-displays">
          {Object.entries(run.displays).flatMap(([node, items]) =>
            items
              .filter((item) => item.kind !== 'note')
              .map((item) => <DisplayView key={`${node}:${item.kind}`} item={item} />),
          )}
        </div>
      )}
      {notes.map((item) => (
        <DisplayView key={item.text} item={item} />
      ))}
      {run.state === 'done' && run.seconds !== null && (
        <p className="result-time">{t('page.madeIn', { time: workTime(run.seconds) })}</p>
      )}
    </div>
  )
}
