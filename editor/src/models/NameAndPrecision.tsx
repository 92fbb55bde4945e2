import { useText } from '../i18n/index.ts'
import { Select } from '../ui/Select.tsx'
import { shownText } from '../ui/shown-text.ts'
import { AddField } from './AddField.tsx'
import type { AddWish } from './models-dialog.ts'

/** As the engine knows them; what a model comes in where none is chosen. */
const DTYPES = ['asIs', 'fp32', 'fp16', 'int8', 'uint8', 'q8', 'q4', 'q4f16', 'bnb4'] as const
export const AS_IS = DTYPES[0]

interface NameAndPrecisionProps {
  wish: AddWish
  name: string
  /** The name it gets without one. */
  usual: string
  problem: string | null
  dtype: string
  onName(name: string): void
  onDtype(dtype: string): void
}

/** What both ways of adding ask for: the name it gets here, and which of its precisions. */
export function NameAndPrecision({ wish, name, usual, problem, dtype, onName, onDtype }: NameAndPrecisionProps) {
  const t = useText()
  const wanted = shownText(wish.name, 60)
  const help =
    wish.name === ''
      ? t('models.nameHelp')
      : (name.trim() || usual) === wish.name
        ? t('models.nameFits')
        : t('models.nameWanted', { name: wanted })
  return (
    <div className="add-pair">
      <AddField label={t('models.name')} problem={problem} help={help}>
        {({ id, describedBy, invalid }) => (
          <input
            id={id}
            className="field"
            value={name}
            placeholder={usual}
            aria-describedby={describedBy}
            aria-invalid={invalid}
            autoComplete="off"
            spellCheck={false}
            onChange={(event) => onName(event.target.value)}
          />
        )}
      </AddField>
      <AddField label={t('models.dtype')}>
        {({ id }) => (
          <Select
            id={id}
            label={t('models.dtype')}
            value={dtype}
            options={DTYPES.map((value) => ({ value, label: value === AS_IS ? t('models.dtype.asIs') : value }))}
            onChange={onDtype}
          />
        )}
      </AddField>
    </div>
  )
}
