import type { DeclaredOutput } from '../document/declared-fields.ts'
import { useDocument } from '../document/document-store.ts'
import { changeOutput } from '../document/form-edits.ts'
import { useText } from '../i18n/index.ts'
import { nodeText } from '../i18n/node-text.ts'
import { Segmented } from '../ui/Segmented.tsx'
import { useDescriptors } from '../view/catalog-store.ts'
import { useView } from '../view/view-store.ts'
import { FormRow, FormText } from './FormRow.tsx'

interface FormOutputRowProps {
  item: DeclaredOutput
  label: string
  first: boolean
  last: boolean
  onMove(by: -1 | 1): void
  onRemove(): void
}

const PLACES = ['shown', 'hidden'] as const

/** A declared output: its label, and whether the form shows it. */
export function FormOutputRow({ item: { name, output }, label, first, last, onMove, onRemove }: FormOutputRowProps) {
  const t = useText()
  const language = useView((state) => state.language)
  const node = useDocument((state) => state.workflow.nodes[output.node])
  const edit = useDocument((state) => state.edit)
  const seal = useDocument((state) => state.seal)
  const descriptor = useDescriptors().get(node?.type ?? '')
  const note = node?.title ?? (descriptor ? nodeText(descriptor, language).title : output.node)
  const place = output.hidden ? 'hidden' : 'shown'
  return (
    <FormRow
      label={label}
      note={note}
      place={t(`form.place.${place}`)}
      first={first}
      last={last}
      onMove={onMove}
      onRemove={onRemove}
    >
      <FormText
        label={t('form.label')}
        value={output.label ?? ''}
        placeholder={label}
        onChange={(text) => edit(changeOutput(name, { label: text }), `form:out.${name}`)}
        onDone={seal}
      />
      <div className="form-entry">
        <span>{t('form.place')}</span>
        <Segmented
          label={t('form.place')}
          value={place}
          options={PLACES.map((value) => ({ value, label: t(`form.place.${value}`) }))}
          onChange={(value) => edit(changeOutput(name, { hidden: value === 'hidden' }))}
        />
      </div>
    </FormRow>
  )
}
