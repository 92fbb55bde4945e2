import { referencesIn } from '@beatloom/core'
import type { MediaStep } from '../document/declared-fields.ts'
import { useText } from '../i18n/index.ts'
import { PicturesField } from '../pictures/PicturesField.tsx'
import { Step } from './Step.tsx'
import { useField } from './use-field.ts'

/** Several pictures to start from, in their order. */
export function PicturesStep({ step, number }: { step: MediaStep; number: number }) {
  const t = useText()
  const { field } = step
  const { label, change, seal, locked } = useField(field)
  const count = referencesIn(field.value).length
  return (
    <Step
      number={number}
      title={label}
      done={count > 0}
      className={count > 0 ? 'step-pictures' : 'step-pictures step-empty'}
      aside={count > 1 && <span className="step-facts">{t('pictures.count', { n: count })}</span>}
    >
      <PicturesField
        node={field.node}
        param={field.param}
        value={field.value}
        label={label}
        input={field.name}
        disabled={locked}
        onChange={change}
        onDone={seal}
      />
    </Step>
  )
}
