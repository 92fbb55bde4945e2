import { useId } from 'react'
import type { Field } from '../document/declared-fields.ts'
import { useText } from '../i18n/index.ts'
import { useField } from './use-field.ts'

/** The one line of text in sight. */
export function LineField({ field }: { field: Field }) {
  const t = useText()
  const id = useId()
  const { label, change, seal, locked } = useField(field)
  return (
    <div className="line-field">
      <label htmlFor={id}>
        {label} {!field.input.required && <span className="optional">{t('page.optional')}</span>}
      </label>
      <input
        id={id}
        className="field"
        type="text"
        disabled={locked}
        value={String(field.value ?? '')}
        placeholder={t('page.promptExample')}
        onChange={(event) => change(event.target.value)}
        onBlur={seal}
      />
    </div>
  )
}
