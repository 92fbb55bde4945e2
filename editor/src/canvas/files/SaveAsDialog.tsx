import { Dialog } from 'radix-ui'
import { useId, useState } from 'react'
import { documentStore } from '../../document/document-store.ts'
import { setTitle } from '../../document/edits.ts'
import { useText } from '../../i18n/index.ts'
import { Button } from '../../ui/Button.tsx'
import { canvasStore, useCanvas } from '../canvas-store.ts'
import { fileNameOf, saveToFile } from './save-file.ts'

const close = () => canvasStore.setState({ dialog: null })

/** Saves under another name, which the document then bears; the file it came from stays as it is. */
export function SaveAsDialog() {
  const t = useText()
  const shown = useCanvas((state) => state.dialog === 'saveAs')
  return (
    <Dialog.Root open={shown} onOpenChange={(wanted) => !wanted && close()}>
      <Dialog.Portal>
        <Dialog.Overlay className="dialog-shade" />
        <Dialog.Content className="dialog question" aria-describedby={undefined}>
          <Dialog.Title>{t('saveAs.title')}</Dialog.Title>
          <SaveAsForm />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

function SaveAsForm() {
  const t = useText()
  const id = useId()
  const [name, setName] = useState(documentStore.getState().workflow.title)
  function save(event: React.FormEvent): void {
    event.preventDefault()
    const title = name.trim()
    const { workflow, edit } = documentStore.getState()
    if (title !== workflow.title) edit(setTitle(title))
    close()
    saveToFile()
  }
  return (
    <form className="save-as" onSubmit={save}>
      <label htmlFor={id}>{t('saveAs.name')}</label>
      <input
        id={id}
        value={name}
        placeholder={t('document.untitled')}
        onFocus={(event) => event.target.select()}
        onChange={(event) => setName(event.target.value)}
      />
      <small>{fileNameOf(name)}</small>
      <div className="question-answers">
        <Button tone="quiet" onClick={close}>
          {t('saveAs.cancel')}
        </Button>
        <Button tone="primary" type="submit" disabled={name.trim() === ''}>
          {t('saveAs.save')}
        </Button>
      </div>
    </form>
  )
}
