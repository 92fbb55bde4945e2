import { Check } from 'lucide-react'
import { percent, workTime } from '../i18n/format.ts'
import { useText } from '../i18n/index.ts'
import { addressOf } from '../previews/file-address.ts'
import { MovingPreview } from '../previews/MovingPreview.tsx'
import { ShotClipsView } from '../previews/ShotClipsView.tsx'
import { useSourceSong } from '../previews/use-source-song.ts'
import { VideoPlayer } from '../previews/VideoPlayer.tsx'
import { type PhaseProgress, secondsLeft } from '../run/progress.ts'
import { useProgress } from '../run/progress-store.ts'
import { useQueuePlace } from '../run/queue-data.ts'
import { useQuote } from '../run/quote-store.ts'
import { timeRange } from '../run/quote-text.ts'
import { roughCutOf } from '../run/rough-cut.ts'
import { useRun } from '../run/run-store.ts'
import type { Preview } from '../run/run-view.ts'
import { useElapsed } from '../run/use-elapsed.ts'
import { cancelCurrentRun } from '../shell/session.ts'
import { Button } from '../ui/Button.tsx'
import { ProgressBar } from '../ui/ProgressBar.tsx'

/**
 * A run under way: its place in the queue, the bar, the picture as it forms, the shots that fill in, the phases, and the
 * way out.
 */
export function RunProgress() {
  const t = useText()
  const progress = useProgress()
  const run = useRun((state) => state.run)
  const cancelling = useRun((state) => state.cancelling)
  const elapsed = useElapsed()
  if (!run) return null
  const queued = run.state === 'queued'
  const [node, preview] = Object.entries(run.previews).at(-1) ?? []
  const rough = roughCutOf(run.displays)
  const share = progress?.share ?? 0
  const left = elapsed === null || !progress ? null : secondsLeft(share, elapsed, progress.usualSeconds)
  return (
    <div className="run-progress">
      {rough ? (
        <VideoPlayer src={addressOf(rough.file)} label={t('page.roughCut')} autoPlay />
      ) : (
        <div className="stage" data-live={preview !== undefined}>
          {node !== undefined && preview ? <Live node={node} preview={preview} /> : <WaitingBars />}
        </div>
      )}
      <ProgressBar share={queued ? null : share} label={t('page.progress')} />
      <div className="run-line">
        {queued ? <Place run={run.id} /> : <span>{percent(share)}</span>}
        {elapsed !== null && <span>{workTime(elapsed)}</span>}
        {left !== null && share < 1 && <span className="run-left">{t('run.left', { time: workTime(left) })}</span>}
      </div>
      {queued && <QueuedQuote />}
      <ShotsFilling />
      <ol className="phases">
        {progress?.phases.map((phase) => (
          <PhaseLine key={phase.phase} phase={phase} />
        ))}
      </ol>
      <Button tone="plain" disabled={cancelling} onClick={() => void cancelCurrentRun()}>
        {t(cancelling ? 'run.cancelling' : 'run.cancel')}
      </Button>
    </div>
  )
}

/** The picture as it forms, with the piece of song it moves to. */
function Live({ node, preview }: { node: string; preview: Preview }) {
  const t = useText()
  return <MovingPreview preview={preview} label={t('page.preview')} song={useSourceSong(node)} />
}

/** The shots of the run's plan, each as soon as it is made. */
function ShotsFilling() {
  const displays = useRun((state) => state.run?.displays)
  const found = Object.entries(displays ?? {}).flatMap(([node, items]) =>
    items.flatMap((item) => (item.kind === 'shot-clips' ? [{ node, item }] : [])),
  )
  const last = found.at(-1)
  if (!last) return null
  return <ShotClipsView item={last.item} node={last.node} small />
}

function Place({ run }: { run: string }) {
  const t = useText()
  const before = useQueuePlace(run)
  return <span role="status">{before ? t('run.place', { n: before }) : t('page.queued')}</span>
}

/** While it waits, how long it will take once it is its turn. */
function QueuedQuote() {
  const t = useText()
  const { quote } = useQuote()
  if (!quote || quote.refusal) return null
  return <p className="quote-line">{t('page.onceBegun', { time: timeRange(quote.seconds) })}</p>
}

function PhaseLine({ phase }: { phase: PhaseProgress }) {
  const t = useText()
  return (
    <li data-state={phase.state} aria-current={phase.state === 'active' ? 'step' : undefined}>
      <span className="phase-dot" aria-hidden="true">
        {phase.state === 'done' && <Check size={12} strokeWidth={3} />}
      </span>
      <span>{t(`phase.${phase.phase}`)}</span>
      {phase.state === 'active' && phase.steps !== null && (
        <span className="phase-step">{t('run.step', { n: phase.step ?? 0, m: phase.steps })}</span>
      )}
      {phase.state === 'done' && <span className="visually-hidden">{t('state.done')}</span>}
    </li>
  )
}

function WaitingBars() {
  return (
    <span className="opening-mark" aria-hidden="true">
      <i />
      <i />
      <i />
      <i />
    </span>
  )
}
