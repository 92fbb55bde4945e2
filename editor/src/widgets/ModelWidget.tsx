import { useQuery } from '@tanstack/react-query'
import { listModels } from '../api/client.ts'
import type { ModelSummary } from '../api/types.ts'
import { fileSize } from '../i18n/format.ts'
import { useText } from '../i18n/index.ts'
import { Select } from '../ui/Select.tsx'
import type { WidgetProps } from './widget.ts'

export function ModelWidget({ id, value, label, onChange, onDone }: WidgetProps) {
  const t = useText()
  const { data: models = [] } = useQuery({ queryKey: ['models'], queryFn: listModels })
  const name = String(value ?? '')
  const options = models.map((model) => ({ value: model.name, label: modelLabel(model) }))
  if (name !== '' && !models.some((model) => model.name === name)) {
    options.push({ value: name, label: models.length === 0 ? name : t('widget.modelMissing', { name }) })
  }
  return (
    <Select
      id={id}
      label={label}
      value={name}
      options={options}
      onChange={(model) => {
        onChange(model)
        onDone()
      }}
    />
  )
}

/** Its name, size, and the provider it runs on. */
const modelLabel = ({ title, sizeBytes, provider }: ModelSummary): string =>
  [title, fileSize(sizeBytes), provider?.toUpperCase()].filter(Boolean).join(' · ')
