import { ChevronRight } from 'lucide-react'
import { useId, useState } from 'react'
import type { Field } from '../document/declared-fields.ts'
import { useText } from '../i18n/index.ts'
import { nodeText } from '../i18n/node-text.ts'
import { useView } from '../view/view-store.ts'
import { FieldWidget } from '../widgets/FieldWidget.tsx'
import { widgetOf } from '../widgets/widget.ts'
import { fieldHelp } from './field-words.ts'
import { useField } from './use-field.ts'

/** The other declared inputs, folded away. */
export function MoreFields({ fields }: { fields: readonly Field[] }) {
  const t = useText()
  const [open, setOpen] = useState(false)
  const id = useId()
  return (
    <section className="more">
      <button
        type="button"
        className="more-button"
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
      >
        <ChevronRight size={16} aria-hidden="true" />
        {t('page.more')}
        {!open && <span className="more-summary">{t('page.moreCount', { n: fields.length })}</span>}
      </button>
      {open && (
        <div className="more-fields" id={id}>
          {fields.map((field) => (
            <FormField key={field.name} field={field} />
          ))}
        </div>
      )}
    </section>
  )
}

/** Declared inputs that asked to be in sight. */
export function ShownFields({ fields }: { fields: readonly Field[] }) {
  return (
    <div className="shown-fields">
      {fields.map((field) => (
        <FormField key={field.name} field={field} />
      ))}
    </div>
  )
}

function FormField({ field }: { field: Field }) {
  const id = useId()
  const { label, change, seal, locked } = useField(field)
  const language = useView((state) => state.language)
  const words = nodeText(field.descriptor, language)
  const kind = widgetOf(field.param)
  const help = fieldHelp(field, language)
  return (
    <div className="form-field" data-kind={kind}>
      <label htmlFor={id}>{label}</label>
      <fieldset className="field-lock" disabled={locked}>
        <FieldWidget
          id={id}
          param={field.param}
          value={field.value}
          label={label}
          choiceLabel={(value) => words.choice(field.param, value)}
          onChange={change}
          onDone={seal}
          node={field.node}
          disabled={locked}
        />
      </fieldset>
      {help && <p className="form-help">{help}</p>}
    </div>
  )
}
