import { CircleAlert, CircleSlash, Clapperboard, Download, RotateCw, Share2, Shuffle, Workflow } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import type { PublicFile } from '../api/types.ts'
import { useDocument } from '../document/document-store.ts'
import { workTime } from '../i18n/format.ts'
import { useText } from '../i18n/index.ts'
import { errorText } from '../i18n/issue-text.ts'
import { DisplayView } from '../previews/displays.tsx'
import { roughCutOf } from '../run/rough-cut.ts'
import { useRun } from '../run/run-store.ts'
import type { RunView } from '../run/run-view.ts'
import { canMakeAnother, makeAnother, retryDocument } from '../shell/session.ts'
import { Button } from '../ui/Button.tsx'
import { useDescriptors } from '../view/catalog-store.ts'
import { showFace, useView } from '../view/view-store.ts'
import { outputLabel } from './output-label.ts'
import { FileOutput, ResultOutput } from './ResultOutput.tsx'
import { shownOutputs } from './run-outputs.ts'

const ShareRun = lazy(() => import('./ShareRun.tsx').then((module) => ({ default: module.ShareRun })))

/** What the last run made, or why it made nothing; before any run, what will appear here. */
export function Result() {
  const t = useText()
  const run = useRun((state) => state.run)
  if (!run) {
    return (
      <div className="stage" data-empty>
        <Clapperboard size={30} strokeWidth={1.5} aria-hidden="true" />
        <p>{t('page.resultHere')}</p>
      </div>
    )
  }
  return (
    <div className="result">
      <Ending run={run} />
      <Outputs run={run} />
      {run.state === 'done' && run.seconds !== null && (
        <p className="result-time">{t('page.madeIn', { time: workTime(run.seconds) })}</p>
      )}
    </div>
  )
}

/** Why there is less than was asked for. */
function Ending({ run }: { run: RunView }) {
  const t = useText()
  if (run.state === 'cancelled')
    return (
      <div className="notice">
        <CircleSlash size={18} aria-hidden="true" />
        <p>{t('run.cancelled')}</p>
      </div>
    )
  if (run.state !== 'failed' && run.state !== 'interrupted') return null
  return (
    <div className="notice" data-tone="error" role="alert">
      <CircleAlert size={18} aria-hidden="true" />
      <div className="notice-body">
        <p>{run.error ? errorText(run.error) : t('run.failed')}</p>
        <div className="notice-actions">
          <Button size="small" icon={<RotateCw size={14} aria-hidden="true" />} onClick={() => void retryDocument()}>
            {t('page.tryAgain')}
          </Button>
          <Button size="small" tone="quiet" onClick={() => showFace('graph')}>
            {t('page.openGraph')}
          </Button>
        </div>
      </div>
    </div>
  )
}

function Outputs({ run }: { run: RunView }) {
  const t = useText()
  const ran = useRun((state) => state.workflow)
  const language = useView((state) => state.language)
  const descriptors = useDescriptors()
  if (!ran) return null
  const shown = shownOutputs(run, ran)
  const rough = run.state === 'done' ? null : roughCutOf(run.displays)
  const certificates = Object.values(run.displays)
    .flat()
    .filter((item) => item.kind === 'certificate')
  const video = shown.find(({ made }) => made.file && made.mime?.startsWith('video/'))
  const notes = Object.values(run.displays)
    .flat()
    .filter((item) => item.kind === 'note')
  return (
    <>
      {rough && <FileOutput file={rough.file as unknown as PublicFile} mime="video/mp4" label={t('page.roughCut')} />}
      {shown.map((item) => (
        <ResultOutput
          key={item.declared.name}
          shown={item}
          label={outputLabel(item.declared, ran, descriptors, language)}
          alone={shown.length === 1}
        />
      ))}
      {certificates.map((item) => (
        <DisplayView key={item.certificate.mediaSha256} item={item} />
      ))}
      {notes.map((item) => (
        <DisplayView key={item.text} item={item} />
      ))}
      {run.state === 'done' && (
        <ResultActions run={run} file={video?.made.file ?? null} mime={video?.made.mime ?? ''} />
      )}
    </>
  )
}

interface ResultActionsProps {
  run: RunView
  file: PublicFile | null
  mime: string
}

function ResultActions({ run, file, mime }: ResultActionsProps) {
  const t = useText()
  const another = useDocument((state) => canMakeAnother(state.workflow))
  const [sharing, setSharing] = useState(false)
  return (
    <div className="result-actions">
      {file && (
        <a className="button" data-tone="primary" data-size="medium" href={file.url} download={file.name}>
          <Download size={16} aria-hidden="true" />
          <span>{t('page.download')}</span>
        </a>
      )}
      <Button icon={<Share2 size={16} aria-hidden="true" />} aria-haspopup="dialog" onClick={() => setSharing(true)}>
        {t('result.share')}
      </Button>
      {another && (
        <Button icon={<Shuffle size={16} aria-hidden="true" />} onClick={() => void makeAnother()}>
          {t('page.another')}
        </Button>
      )}
      <Button tone="quiet" icon={<Workflow size={16} aria-hidden="true" />} onClick={() => showFace('graph')}>
        {t('page.openGraph')}
      </Button>
      {sharing && (
        <Suspense>
          <ShareRun run={run.id} file={file} mime={mime} onClose={() => setSharing(false)} />
        </Suspense>
      )}
    </div>
  )
}
