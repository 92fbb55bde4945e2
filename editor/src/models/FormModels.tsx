import { fileSize } from '../i18n/format.ts'
import { useText } from '../i18n/index.ts'
import { Button } from '../ui/Button.tsx'
import { shownText } from '../ui/shown-text.ts'
import type { MissingModel } from './missing-models.ts'
import { openModels } from './models-dialog.ts'
import { wishFor } from './use-missing-models.ts'

/** On the form, before Generate: which models are not here, and the way to them. */
export function FormModels({ missing }: { missing: readonly MissingModel[] }) {
  const t = useText()
  return missing.map(({ need: { name, title, sizeBytes } }) => {
    const shown = shownText(title ?? name, 60)
    return (
      <div key={name} className="form-model">
        <p>
          {sizeBytes === undefined
            ? t('page.modelMissing', { name: shown })
            : t('page.modelMissingSize', { name: shown, size: fileSize(sizeBytes) })}
        </p>
        <Button size="small" aria-haspopup="dialog" onClick={() => openModels('add', wishFor(name))}>
          {t('command.addModel')}
        </Button>
      </div>
    )
  })
}
