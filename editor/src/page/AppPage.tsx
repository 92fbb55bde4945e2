import { useMemo } from 'react'
import { declaredFields, planForm } from '../document/declared-fields.ts'
import { useDocument } from '../document/document-store.ts'
import { useText } from '../i18n/index.ts'
import { galleryText } from '../i18n/node-text.ts'
import { FaceSwitch } from '../shell/FaceSwitch.tsx'
import { Preferences } from '../shell/Preferences.tsx'
import { Wordmark } from '../shell/Wordmark.tsx'
import { useDescriptors } from '../view/catalog-store.ts'
import { useView } from '../view/view-store.ts'
import { AudioStep } from './AudioStep.tsx'
import { FileStep } from './FileStep.tsx'
import { LineField } from './LineField.tsx'
import { MoreFields } from './MoreFields.tsx'
import { RunStep } from './RunStep.tsx'

/** The open workflow as a form of its declared inputs: its files as steps, then one button. */
export function AppPage() {
  const t = useText()
  const workflow = useDocument((state) => state.workflow)
  const descriptors = useDescriptors()
  const language = useView((state) => state.language)
  const plan = useMemo(() => planForm(declaredFields(workflow, descriptors)), [workflow, descriptors])
  return (
    <div className="page">
      <header className="page-head">
        <Wordmark />
        <nav aria-label={t('app.settings')}>
          <FaceSwitch />
          <Preferences />
        </nav>
      </header>
      <main className="page-main">
        <div className="page-intro">
          <h1>{galleryText(workflow.title, language) || t('document.untitled')}</h1>
          {workflow.description && <p>{galleryText(workflow.description, language)}</p>}
        </div>
        <div className="page-columns">
          <div className="page-inputs">
            {plan.media.map((step, index) =>
              step.accept === 'audio' ? (
                <AudioStep key={step.field.name} step={step} number={index + 1} />
              ) : (
                <FileStep key={step.field.name} step={step} number={index + 1} />
              ),
            )}
            {plan.line && <LineField field={plan.line} />}
            {plan.more.length > 0 && <MoreFields fields={plan.more} />}
          </div>
          <RunStep plan={plan} number={plan.media.length + 1} />
        </div>
      </main>
    </div>
  )
}
