import { useText } from '../i18n/index.ts'
import { useModels } from './additions.ts'
import { InstalledModel } from './InstalledModel.tsx'

/** The models on the server's machine. */
export function InstalledModels() {
  const t = useText()
  const models = useModels({ fresh: true })
  if (!models) return <p role="status">{t('models.reading')}</p>
  if (models.length === 0) return <p>{t('models.none')}</p>
  return (
    <ul className="installed-models" aria-label={t('command.models')}>
      {models.map((model) => (
        <InstalledModel key={model.name} model={model} />
      ))}
    </ul>
  )
}
