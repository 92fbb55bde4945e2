import { useId, useState } from 'react'
import type { Field } from '../document/declared-fields.ts'
import { useDocument } from '../document/document-store.ts'
import { useText } from '../i18n/index.ts'
import { useDescriptor } from '../view/catalog-store.ts'
import { numberRules } from '../widgets/number-rules.ts'

interface FormRangeProps {
  field: Field
  onChange(change: { min?: number | undefined } | { max?: number | undefined }): void
  onDone(): void
}

/** The least and the most that the form takes, within what the node takes anyway. */
export function FormRange({ field, onChange, onDone }: FormRangeProps) {
  const t = useText()
  const type = useDocument((state) => state.workflow.nodes[field.node]?.type ?? '')
  const own = useDescriptor(type)?.params.find(({ name }) => name === field.param.name) ?? field.param
  const { min, max } = numberRules(own)
  const { min: least, max: most } = field.input
  const wrong = (least ?? min) > (most ?? max)
  return (
    <div className="form-range">
      <Bound
        label={t('form.min')}
        value={least}
        limit={min}
        wrong={wrong || (least !== undefined && least < min)}
        onChange={(value) => onChange({ min: value })}
        onDone={onDone}
      />
      <Bound
        label={t('form.max')}
        value={most}
        limit={max}
        wrong={wrong || (most !== undefined && most > max)}
        onChange={(value) => onChange({ max: value })}
        onDone={onDone}
      />
      {wrong && (
        <p className="field-problem" role="alert">
          {t('form.rangeWrong')}
        </p>
      )}
    </div>
  )
}

interface BoundProps {
  label: string
  value: number | undefined
  /** The node's own bound, shown where the form sets none. */
  limit: number
  wrong: boolean
  onChange(value: number | undefined): void
  onDone(): void
}

function Bound({ label, value, limit, wrong, onChange, onDone }: BoundProps) {
  const id = useId()
  const [typed, setTyped] = useState<string | null>(null)
  return (
    <div className="form-entry">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        className="field"
        type="text"
        inputMode="decimal"
        aria-invalid={wrong || undefined}
        placeholder={Number.isFinite(limit) ? String(limit) : ''}
        value={typed ?? value ?? ''}
        onChange={(event) => {
          const text = event.target.value
          const number = Number(text.replace(',', '.'))
          setTyped(text)
          if (text.trim() === '') onChange(undefined)
          else if (Number.isFinite(number)) onChange(number)
        }}
        onBlur={() => {
          setTyped(null)
          onDone()
        }}
      />
    </div>
  )
}
