import { CircleCheck, Copy } from 'lucide-react'
import { useState } from 'react'
import type { ModelSummary } from '../api/types.ts'
import { useText } from '../i18n/index.ts'
import { Button } from '../ui/Button.tsx'
import { copyText } from '../ui/copy-text.ts'
import { toast } from '../view/view-store.ts'
import { AddField } from './AddField.tsx'
import { addCommand } from './add-command.ts'
import { isModelName, nameFrom } from './model-source.ts'
import type { AddWish } from './models-dialog.ts'
import { AS_IS, NameAndPrecision } from './NameAndPrecision.tsx'

/**
 * A folder of the server's machine. The server opens none for a browser, so this writes the command that does it, and
 * notices when the model is there.
 */
export function FolderForm({ wish, models }: { wish: AddWish; models: readonly ModelSummary[] | undefined }) {
  const t = useText()
  const [folder, setFolder] = useState('')
  const [name, setName] = useState(isModelName(wish.name) ? wish.name : '')
  const [dtype, setDtype] = useState<string>(AS_IS)
  // Models that were here already are not what is waited for.
  const [before, setBefore] = useState<ReadonlySet<string> | null>(null)
  if (models && before === null) setBefore(new Set(models.map((model) => model.name)))
  const path = folder.trim()
  const finalName = name.trim() || nameFrom(path)
  const problem = name.trim() !== '' && !isModelName(name.trim()) ? t('models.nameWrong') : null
  const isTaken = before?.has(finalName) === true
  const isThere = !isTaken && finalName !== '' && models?.some((model) => model.name === finalName) === true
  const command = addCommand({ folder: path || 'FOLDER', name: name.trim(), dtype: dtype === AS_IS ? '' : dtype })
  const copy = async () => {
    const copied = await copyText(command)
    toast(t(copied ? 'models.copied' : 'models.notCopied'), copied ? 'info' : 'error')
  }
  return (
    <div className="add-form">
      <AddField label={t('models.folder')}>
        {({ id }) => (
          <input
            id={id}
            className="field"
            value={folder}
            autoCapitalize="off"
            autoComplete="off"
            spellCheck={false}
            onChange={(event) => setFolder(event.target.value)}
          />
        )}
      </AddField>
      <NameAndPrecision
        wish={wish}
        name={name}
        usual={nameFrom(path)}
        problem={problem ?? (isTaken ? t('models.nameTaken') : null)}
        dtype={dtype}
        onName={setName}
        onDtype={setDtype}
      />
      <p className="add-help">{t('models.folderHelp')}</p>
      <div className="add-command">
        <code>{command}</code>
        <Button
          size="small"
          icon={<Copy size={14} aria-hidden="true" />}
          disabled={path === '' || problem !== null}
          onClick={() => void copy()}
        >
          {t('models.copy')}
        </Button>
      </div>
      <p className="add-state" role="status" data-done={isThere}>
        {isThere && <CircleCheck size={15} aria-hidden="true" />}
        {isThere ? t('models.folderThere', { name: finalName }) : t('models.folderWait')}
      </p>
    </div>
  )
}
