import { Sparkles } from 'lucide-react'
import { type FormPlan, missingFields } from '../document/declared-fields.ts'
import { useText } from '../i18n/index.ts'
import { issueText } from '../i18n/issue-text.ts'
import { inputLabel } from '../i18n/node-text.ts'
import { QuoteLine } from '../run/QuoteLine.tsx'
import { useRun } from '../run/run-store.ts'
import { isOver } from '../run/run-view.ts'
import { useProblems } from '../shell/problem-store.ts'
import { runDocument } from '../shell/session.ts'
import { Button } from '../ui/Button.tsx'
import { useView } from '../view/view-store.ts'
import { Result } from './Result.tsx'
import { RunProgress } from './RunProgress.tsx'
import { Step } from './Step.tsx'

/** Generate, then watch, then the result. */
export function RunStep({ plan, number }: { plan: FormPlan; number: number }) {
  const t = useText()
  const state = useRun((store) => store.run?.state ?? null)
  const going = state !== null && !isOver(state)
  return (
    <Step number={number} title={t('page.generateStep')} done={state === 'done'} className="step-run">
      {going ? <RunProgress /> : <Result />}
      {!going && <GenerateButton plan={plan} again={state === 'done'} />}
    </Step>
  )
}

function GenerateButton({ plan, again }: { plan: FormPlan; again: boolean }) {
  const t = useText()
  const language = useView((state) => state.language)
  const errors = useProblems().filter((issue) => issue.severity === 'error')
  const missing = missingFields(plan).map((field) =>
    inputLabel(field.name, field.input.label ?? field.param.title, language),
  )
  const blocked = missing.length > 0 || errors.length > 0
  return (
    <div className="generate">
      <Button
        tone={again ? 'plain' : 'primary'}
        size="large"
        icon={<Sparkles size={18} aria-hidden="true" />}
        disabled={blocked}
        aria-describedby="generate-needs"
        onClick={() => void runDocument()}
      >
        {t(again ? 'page.generateAgain' : 'page.generate')}
      </Button>
      {!blocked && <QuoteLine />}
      <div id="generate-needs" className="generate-needs" role="status">
        {missing.length > 0 && <p>{t('page.missing', { names: missing.join(t('page.and')) })}</p>}
        {missing.length === 0 &&
          errors.slice(0, 3).map((issue) => <p key={issue.message}>{issueText(issue, t, language)}</p>)}
      </div>
    </div>
  )
}
