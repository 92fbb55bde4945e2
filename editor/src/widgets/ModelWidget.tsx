import type { ModelSummary } from '../api/types.ts'
import { fileSize } from '../i18n/format.ts'
import { useText } from '../i18n/index.ts'
import { useModels } from '../models/additions.ts'
import { openModels } from '../models/models-dialog.ts'
import { wishFor } from '../models/use-missing-models.ts'
import { Picker, type PickerOption } from '../ui/Picker.tsx'
import { shownText } from '../ui/shown-text.ts'
import type { WidgetProps } from './widget.ts'

/** Families of networks that single nodes use by themselves; nobody chooses one. */
const HELPERS = new Set(['subject-segmenter'])
/** Stands in the list for adding a model; a slash is in no model's name. */
const ADD = '/add'

/** The installed models, each with its size and what it runs on, and the way to more; one that is missing stays named. */
export function ModelWidget({ id, value, label, onChange, onDone, disabled }: WidgetProps) {
  const t = useText()
  const models = useModels()
  const name = String(value ?? '')
  const pipelines = (models ?? []).filter(({ family }) => !HELPERS.has(family))
  const options: PickerOption[] = pipelines.map((model) => ({
    value: model.name,
    label: model.title,
    note: modelFacts(model),
  }))
  const missing = name !== '' && models !== undefined && !models.some((model) => model.name === name)
  if (missing)
    options.push({
      value: name,
      label: shownText(name, 60),
      unavailable: t('widget.modelMissing', { name: shownText(name, 60) }),
    })
  options.push({ value: ADD, label: t('command.addModel') })
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
          if (model === ADD) return openModels('add', missing ? wishFor(name) : undefined)
          onChange(model)
          onDone()
        }}
      />
      {missing && <span className="field-problem">{t('widget.modelMissing', { name: shownText(name, 60) })}</span>}
    </>
  )
}

/** Its size, and the provider it runs on. */
const modelFacts = ({ sizeBytes, provider }: ModelSummary): string =>
  [fileSize(sizeBytes), provider?.toUpperCase()].filter(Boolean).join(' · ')
