import { lazy, Suspense, useEffect, useState } from 'react'
import { useText } from '../i18n/index.ts'
import { say } from '../i18n/sentences.ts'
import { ModelsDialogHost } from '../models/ModelsDialogHost.tsx'
import { AppPage } from '../page/AppPage.tsx'
import { faceOfAddress, startsAsGraph, useView, viewStore } from '../view/view-store.ts'
import { Announcer } from './Announcer.tsx'
import { ConnectionBanner } from './ConnectionBanner.tsx'
import { Notices } from './Notices.tsx'
import { startSession } from './start.ts'
import { Toasts } from './Toasts.tsx'
import { useAppearance } from './use-appearance.ts'
import { useFocusReturn } from './use-focus-return.ts'
import { useStrayDrops } from './use-stray-drops.ts'

// The canvas brings React Flow along; the page alone stays light.
const readCanvas = () => import('../canvas/GraphPage.tsx')
const GraphPage = lazy(() => readCanvas().then((module) => ({ default: module.GraphPage })))
// Where it comes first, it is read beside the session's first questions to the server.
if (startsAsGraph()) void readCanvas().catch(() => undefined)

let session: Promise<void> | null = null

export function App() {
  useAppearance()
  useStrayDrops()
  useFocusReturn()
  const face = useView((state) => state.face)
  const [ready, setReady] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  useEffect(() => {
    session ??= startSession()
    session.then(
      () => setReady(true),
      (error: Error) => {
        session = null
        setProblem(error.message)
      },
    )
    const onHash = () => viewStore.setState({ face: faceOfAddress(location.hash) })
    addEventListener('hashchange', onHash)
    return () => removeEventListener('hashchange', onHash)
  }, [])
  if (problem) return <StartProblem problem={problem} />
  return (
    <>
      {ready ? (
        face !== 'form' ? (
          <Suspense fallback={<Opening />}>
            <GraphPage />
          </Suspense>
        ) : (
          <AppPage />
        )
      ) : (
        <Opening />
      )}
      <ModelsDialogHost />
      <Announcer />
      <Notices />
      <ConnectionBanner />
      <Toasts />
    </>
  )
}

function Opening() {
  const t = useText()
  return (
    <div className="opening" role="status">
      <span className="opening-mark" aria-hidden="true">
        <i />
        <i />
        <i />
        <i />
      </span>
      <span className="visually-hidden">{t('app.opening')}</span>
    </div>
  )
}

function StartProblem({ problem }: { problem: string }) {
  const t = useText()
  return (
    <main className="start-problem">
      <h1>{t('app.cannotStart')}</h1>
      <p>{say(problem)}</p>
      <button type="button" className="button" data-tone="primary" data-size="medium" onClick={() => location.reload()}>
        {t('app.tryAgain')}
      </button>
    </main>
  )
}
