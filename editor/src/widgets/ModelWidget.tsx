import { useQuery } from '@tanstack/react-query'
import { listModels } from '../api/client.ts'
import type { ModelSummary } from '../api/types.ts'
import { fileSize } from '../i18n/format.ts'
import { useText } from '../i18n/index.ts'
import { Picker, type PickerOption } from '../ui/Picker.tsx'
import type { WidgetProps } from './widget.ts'

/** Families of networks that single nodes use by themselves; nobody chooses one. */
const HELPERS = new Set(['subject-segmenter'])

/** The installed models, each with its size and what it runs on; one that is missing stays named. */
export function ModelWidget({ id, value, label, onChange, onDone, disabled }: WidgetProps) {
  const t = useText()
  const { data: models } = useQuery({ queryKey: ['models'], queryFn: listModels })
  const name = String(value ?? '')
  const pipelines = (models ?? []).filter(({ family }) => !HELPERS.has(family))
  const options: PickerOption[] = pipelines.map((model) => ({
    value: model.name,
    label: model.title,
    note: modelFacts(model),
  }))
  const missing = name !== '' && models !== undefined && !models.some((model) => model.name === name)
  if (missing) options.push({ value: name, label: name, unavailable: t('widget.modelMissing', { name }) })
  const chosen = models?.find((model) => model.name === name)
  return (
    <>
      <Picker
        id={id}
        label={label}
        value={name}
        options={options}
        face={chosen && [chosen.title, modelFacts(chosen)].join(' · ')}
        disabled={disabled}
        onChange={(model) => {
          onChange(model)
          onDone()
        }}
      />
      {missing && <span className="field-problem">{t('widget.modelMissing', { name })}</span>}
    </>
  )
}

/** Its size, and the provider it runs on. */
const modelFacts = ({ sizeBytes, provider }: ModelSummary): string =>
  [fileSize(sizeBytes), provider?.toUpperCase()].filter(Boolean).join(' · ')
