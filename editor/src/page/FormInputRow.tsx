import type { Field } from '../document/declared-fields.ts'
import { useDocument } from '../document/document-store.ts'
import { changeInput } from '../document/form-edits.ts'
import { useText } from '../i18n/index.ts'
import { nodeText } from '../i18n/node-text.ts'
import { Segmented } from '../ui/Segmented.tsx'
import { useView } from '../view/view-store.ts'
import { widgetOf } from '../widgets/widget.ts'
import { FormRange } from './FormRange.tsx'
import { FormRow, FormText } from './FormRow.tsx'

interface FormInputRowProps {
  field: Field
  label: string
  /** It lies under "More", by its own wish or because nothing else was said. */
  folded: boolean
  first: boolean
  last: boolean
  onMove(by: -1 | 1): void
  onRemove(): void
}

const PLACES = ['shown', 'more', 'hidden'] as const

/** A declared input: its words, its range, and whether it is in sight, under "More" or hidden. */
export function FormInputRow({ field, label, folded, first, last, onMove, onRemove }: FormInputRowProps) {
  const t = useText()
  const language = useView((state) => state.language)
  const title = useDocument((state) => state.workflow.nodes[field.node]?.title)
  const edit = useDocument((state) => state.edit)
  const seal = useDocument((state) => state.seal)
  const words = nodeText(field.descriptor, language)
  const { name, input } = field
  const place = input.hidden ? 'hidden' : folded ? 'more' : 'shown'
  const change = (part: Parameters<typeof changeInput>[1]) =>
    edit(changeInput(name, part), `form:${name}.${Object.keys(part).join()}`)
  return (
    <FormRow
      label={label}
      note={title ?? words.title}
      place={t(`form.place.${place}`)}
      first={first}
      last={last}
      onMove={onMove}
      onRemove={onRemove}
    >
      <FormText
        label={t('form.label')}
        value={input.label ?? ''}
        placeholder={words.param(field.param)}
        onChange={(text) => change({ label: text })}
        onDone={seal}
      />
      <FormText
        label={t('form.help')}
        value={input.help ?? ''}
        placeholder={words.help(field.param)}
        onChange={(text) => change({ help: text })}
        onDone={seal}
      />
      {['number', 'slider'].includes(widgetOf(field.param)) && (
        <FormRange field={field} onChange={change} onDone={seal} />
      )}
      <div className="form-entry">
        <span>{t('form.place')}</span>
        <Segmented
          label={t('form.place')}
          value={place}
          options={PLACES.map((value) => ({ value, label: t(`form.place.${value}`) }))}
          onChange={(value) => {
            edit(changeInput(name, { hidden: value === 'hidden', advanced: value === 'more' }))
          }}
        />
      </div>
    </FormRow>
  )
}
