import { Check, LayoutGrid, Pencil } from 'lucide-react'
import { lazy, Suspense, useMemo, useState } from 'react'
import { declaredFields, type MediaStep, planForm } from '../document/declared-fields.ts'
import { useDocument } from '../document/document-store.ts'
import { useText } from '../i18n/index.ts'
import { galleryText } from '../i18n/node-text.ts'
import { FaceSwitch } from '../shell/FaceSwitch.tsx'
import { Preferences } from '../shell/Preferences.tsx'
import { useTabs } from '../shell/tabs-store.ts'
import { Wordmark } from '../shell/Wordmark.tsx'
import { Button } from '../ui/Button.tsx'
import { shownText } from '../ui/shown-text.ts'
import { useDescriptors } from '../view/catalog-store.ts'
import { showFace, useView } from '../view/view-store.ts'
import { AudioStep } from './AudioStep.tsx'
import { FileStep } from './FileStep.tsx'
import { LineField } from './LineField.tsx'
import { MoreFields, ShownFields } from './MoreFields.tsx'
import { pageStore, usePage } from './page-store.ts'
import { RunStep } from './RunStep.tsx'

// Few change the form or look for another; the page that all see first stays light.
const FormEditor = lazy(() => import('./FormEditor.tsx').then((module) => ({ default: module.FormEditor })))
const PicturesStep = lazy(() => import('./PicturesStep.tsx').then((module) => ({ default: module.PicturesStep })))
const Templates = lazy(() => import('./Templates.tsx').then((module) => ({ default: module.Templates })))
const TabChoice = lazy(() => import('./TabChoice.tsx').then((module) => ({ default: module.TabChoice })))

/** The open workflow as a form of its declared inputs: its files as steps, then one button. */
export function AppPage() {
  const t = useText()
  const workflow = useDocument((state) => state.workflow)
  const descriptors = useDescriptors()
  const coming = useTabs((state) => state.coming !== null)
  const editing = usePage((state) => state.editing)
  const plan = useMemo(() => planForm(declaredFields(workflow, descriptors)), [workflow, descriptors])
  const isEmpty = plan.media.length === 0 && !plan.line && plan.shown.length === 0 && plan.more.length === 0
  return (
    <div className="page" data-coming={coming}>
      <header className="page-head">
        <Wordmark />
        <nav aria-label={t('app.settings')}>
          <FaceSwitch />
          <Preferences />
        </nav>
      </header>
      <main className="page-main">
        <Intro />
        <div className="page-columns">
          <div className="page-inputs">
            {editing ? (
              <Suspense fallback={null}>
                <FormEditor />
              </Suspense>
            ) : (
              <>
                {plan.media.map((step, index) => (
                  <MediaStepCard key={step.field.name} step={step} number={index + 1} />
                ))}
                {plan.line && <LineField field={plan.line} />}
                {plan.shown.length > 0 && <ShownFields fields={plan.shown} />}
                {plan.more.length > 0 && <MoreFields fields={plan.more} />}
                {isEmpty && <EmptyForm />}
              </>
            )}
          </div>
          <RunStep plan={plan} number={plan.media.length + 1} />
        </div>
      </main>
    </div>
  )
}

function MediaStepCard({ step, number }: { step: MediaStep; number: number }) {
  if (step.accept === 'audio') return <AudioStep step={step} number={number} />
  if (!step.field.param.several) return <FileStep step={step} number={number} />
  return (
    <Suspense fallback={<section className="step step-pictures" />}>
      <PicturesStep step={step} number={number} />
    </Suspense>
  )
}

function Intro() {
  const t = useText()
  const { title, description } = useDocument((state) => state.workflow)
  const language = useView((state) => state.language)
  const editing = usePage((state) => state.editing)
  const several = useTabs((state) => state.tabs.length > 1)
  const [choosing, setChoosing] = useState(false)
  return (
    <div className="page-intro">
      <div className="page-words">
        <h1>
          <bdi>{shownText(galleryText(title, language)) || t('document.untitled')}</bdi>
        </h1>
        {description && <p>{shownText(galleryText(description, language), MOST_LETTERS)}</p>}
      </div>
      <div className="page-tools">
        {several && (
          <Suspense>
            <TabChoice />
          </Suspense>
        )}
        <Button
          size="small"
          tone="quiet"
          icon={<LayoutGrid size={14} aria-hidden="true" />}
          aria-haspopup="dialog"
          onClick={() => setChoosing(true)}
        >
          {t('open.templates')}
        </Button>
        <Button
          size="small"
          tone="quiet"
          icon={editing ? <Check size={14} aria-hidden="true" /> : <Pencil size={14} aria-hidden="true" />}
          onClick={() => pageStore.setState({ editing: !editing })}
        >
          {t(editing ? 'form.done' : 'form.edit')}
        </Button>
      </div>
      {choosing && (
        <Suspense>
          <Templates onClose={() => setChoosing(false)} />
        </Suspense>
      )}
    </div>
  )
}

const MOST_LETTERS = 600

/** A workflow that declares no inputs yet. */
function EmptyForm() {
  const t = useText()
  return (
    <section className="form-empty">
      <p>{t('form.empty')}</p>
      <div className="step-actions">
        <Button size="small" onClick={() => pageStore.setState({ editing: true })}>
          {t('form.edit')}
        </Button>
        <Button size="small" onClick={() => showFace('graph')}>
          {t('page.openGraph')}
        </Button>
      </div>
    </section>
  )
}
