import { Sparkles } from 'lucide-react'
import { lazy, Suspense, useEffect, useRef } from 'react'
import { type FormPlan, missingFields } from '../document/declared-fields.ts'
import { percent } from '../i18n/format.ts'
import { useText } from '../i18n/index.ts'
import { issueText } from '../i18n/issue-text.ts'
import { FormModels } from '../models/FormModels.tsx'
import { useFormModels } from '../models/use-missing-models.ts'
import { QuoteLine } from '../run/QuoteLine.tsx'
import { useQuote } from '../run/quote-store.ts'
import { useRun } from '../run/run-store.ts'
import { isOver } from '../run/run-view.ts'
import { useProblems } from '../shell/problem-store.ts'
import { runDocument } from '../shell/session.ts'
import { Button } from '../ui/Button.tsx'
import { useView } from '../view/view-store.ts'
import { fieldLabel } from './field-words.ts'
import { usePage } from './page-store.ts'
import { Result } from './Result.tsx'
import { Step } from './Step.tsx'

const RunProgress = lazy(() => import('./RunProgress.tsx').then((module) => ({ default: module.RunProgress })))

/** Generate, then watch, then the result. */
export function RunStep({ plan, number }: { plan: FormPlan; number: number }) {
  const t = useText()
  const state = useRun((store) => store.run?.state ?? null)
  const going = state !== null && !isOver(state)
  const step = useRef<HTMLDivElement>(null)
  const wasGoing = useRef(going)
  useEffect(() => {
    // On a phone the button lies below what it starts; what happens is brought into sight.
    if (going && !wasGoing.current) step.current?.scrollIntoView({ block: 'nearest' })
    wasGoing.current = going
  }, [going])
  return (
    <div ref={step} className="step-run">
      <Step number={number} title={t('page.generateStep')} done={state === 'done'}>
        {going ? (
          <Suspense fallback={<div className="run-progress" />}>
            <RunProgress />
          </Suspense>
        ) : (
          <Result />
        )}
        {!going && <GenerateButton plan={plan} again={state === 'done'} />}
      </Step>
    </div>
  )
}

function GenerateButton({ plan, again }: { plan: FormPlan; again: boolean }) {
  const t = useText()
  const models = useFormModels()
  const lacks = useLacks(plan, models.length > 0)
  const refused = useQuote().quote?.refusal !== undefined
  return (
    <div className="generate">
      <Button
        tone={again ? 'plain' : 'primary'}
        size="large"
        icon={<Sparkles size={18} aria-hidden="true" />}
        disabled={lacks.length + models.length > 0 || refused}
        aria-describedby="generate-needs"
        onClick={() => void runDocument()}
      >
        {t(again ? 'page.generateAgain' : 'page.generate')}
      </Button>
      {lacks.length + models.length === 0 && <QuoteLine />}
      <div id="generate-needs" className="generate-needs" role="status">
        {lacks.map((text) => (
          <p key={text}>{text}</p>
        ))}
        <FormModels missing={models} />
      </div>
    </div>
  )
}

const MOST_PROBLEMS = 3

/** What stands between here and a video, in words. */
function useLacks(plan: FormPlan, modelsToldOf: boolean): string[] {
  const t = useText()
  const language = useView((state) => state.language)
  const errors = useProblems().filter(
    ({ severity, code }) => severity === 'error' && !(modelsToldOf && code === 'model_missing'),
  )
  const sending = usePage((state) => state.sending)
  const onTheWay = plan.media.filter(({ field }) => sending[field.name] !== undefined).map(({ field }) => field)
  const missing = missingFields(plan).filter((field) => !onTheWay.includes(field))
  const lacks = onTheWay.map((field) =>
    t('page.onItsWay', { name: fieldLabel(field, language), share: percent(sending[field.name] ?? 0) }),
  )
  if (missing.length > 0) {
    const names = missing.map((field) => fieldLabel(field, language)).join(t('page.and'))
    lacks.push(t('page.missing', { names }))
  }
  // An empty file field is a problem of its node, too; once is enough.
  if (lacks.length === 0) lacks.push(...errors.slice(0, MOST_PROBLEMS).map((issue) => issueText(issue)))
  return lacks
}
