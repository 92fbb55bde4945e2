import { useQuery } from '@tanstack/react-query'
import { FilePlus2, FolderOpen, X } from 'lucide-react'
import { Dialog } from 'radix-ui'
import { useId } from 'react'
import { listDrafts, listTemplates } from '../api/client.ts'
import { documentStore } from '../document/document-store.ts'
import { useText } from '../i18n/index.ts'
import { galleryText } from '../i18n/node-text.ts'
import { localDrafts } from '../shell/draft-storage.ts'
import { openDraft, openTemplate, openWorkflow } from '../shell/session.ts'
import { IconButton } from '../ui/Button.tsx'
import { toast, useView } from '../view/view-store.ts'
import { canvasStore, useCanvas } from './canvas-store.ts'
import { focusDialog } from './focus-dialog.ts'
import { takeFiles } from './take-files.ts'

const close = () => canvasStore.setState({ dialog: null })

async function open(work: () => Promise<unknown> | unknown): Promise<void> {
  try {
    await work()
    close()
  } catch (error) {
    toast((error as Error).message, 'error')
  }
}

/** Templates, what was open lately, a file, or an empty canvas. */
export function OpenDialog() {
  const t = useText()
  const shown = useCanvas((state) => state.dialog === 'open')
  return (
    <Dialog.Root open={shown} onOpenChange={(wanted) => !wanted && close()}>
      <Dialog.Portal>
        <Dialog.Overlay className="dialog-shade" />
        <Dialog.Content className="dialog" aria-describedby={undefined} tabIndex={-1} onOpenAutoFocus={focusDialog}>
          <header className="dialog-head">
            <Dialog.Title>{t('open.title')}</Dialog.Title>
            <Dialog.Close asChild>
              <IconButton label={t('app.close')}>
                <X size={16} />
              </IconButton>
            </Dialog.Close>
          </header>
          <OpenActions />
          <Templates />
          <Drafts />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

function OpenActions() {
  const t = useText()
  const id = useId()
  return (
    <div className="open-actions">
      <span className="file-button">
        <input
          id={id}
          className="visually-hidden"
          type="file"
          accept=".json,.mp4,.png,application/json,video/mp4,image/png"
          onChange={(event) => void open(() => takeFiles([...(event.target.files ?? [])], { x: 0, y: 0 }))}
        />
        <label className="button" data-tone="plain" data-size="medium" htmlFor={id}>
          <FolderOpen size={16} aria-hidden="true" />
          <span>{t('open.file')}</span>
        </label>
      </span>
      <button
        type="button"
        className="button"
        data-tone="plain"
        data-size="medium"
        onClick={() => void open(() => openWorkflow({ beatloom: 1 }))}
      >
        <FilePlus2 size={16} aria-hidden="true" />
        <span>{t('open.empty')}</span>
      </button>
    </div>
  )
}

function Templates() {
  const t = useText()
  const language = useView((state) => state.language)
  const templates = useQuery({ queryKey: ['templates'], queryFn: listTemplates })
  return (
    <section>
      <h3>{t('open.templates')}</h3>
      {templates.isError && <p className="panel-empty">{(templates.error as Error).message}</p>}
      <div className="template-grid">
        {templates.data?.map(({ name, title, description }) => (
          <button key={name} type="button" className="template" onClick={() => void open(() => openTemplate(name))}>
            <strong>{galleryText(title || name, language)}</strong>
            <span>{galleryText(description, language)}</span>
          </button>
        ))}
      </div>
    </section>
  )
}

function Drafts() {
  const t = useText()
  const language = useView((state) => state.language)
  const remote = useQuery({ queryKey: ['drafts'], queryFn: listDrafts, retry: false })
  const current = documentStore.getState().draftId
  const local = localDrafts()
    .filter((draft) => draft.edited)
    .map(({ id, title, savedAt }) => ({ id, title, savedAt }))
  const here = new Set(localDrafts().map((draft) => draft.id))
  const elsewhere = (remote.data ?? []).filter((draft) => !here.has(draft.id))
  const drafts = [...local, ...elsewhere]
    .filter((draft) => draft.id !== current)
    .sort((a, b) => (a.savedAt < b.savedAt ? 1 : -1))
    .slice(0, 12)
  if (drafts.length === 0) return null
  const date = new Intl.DateTimeFormat(language === 'zh' ? 'zh-CN' : 'en', { dateStyle: 'medium', timeStyle: 'short' })
  return (
    <section>
      <h3>{t('open.recent')}</h3>
      <ul className="draft-list">
        {drafts.map(({ id, title, savedAt }) => (
          <li key={id}>
            <button type="button" onClick={() => void open(() => openDraft(id))}>
              <strong>{title || t('document.untitled')}</strong>
              <time dateTime={savedAt}>{date.format(new Date(savedAt))}</time>
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}
