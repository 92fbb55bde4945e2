import { FilePlus2, FolderOpen } from 'lucide-react'
import { useId } from 'react'
import { useText } from '../../i18n/index.ts'
import { openWorkflow } from '../../shell/session.ts'
import { SheetDialog } from '../../ui/SheetDialog.tsx'
import { toast } from '../../view/view-store.ts'
import { canvasStore, useCanvas } from '../canvas-store.ts'
import { Gallery } from './Gallery.tsx'
import { RecentDrafts } from './RecentDrafts.tsx'
import { takeFiles } from './take-files.ts'

const close = () => canvasStore.setState({ dialog: null })
const READABLE = '.json,.zip,.png,.mp4,.webm,.wav,.mp3,.flac,.jpg,.jpeg,.webp,application/json'

async function open(work: () => Promise<unknown> | unknown): Promise<void> {
  try {
    await work()
    close()
  } catch (error) {
    toast((error as Error).message, 'error')
  }
}

/** The gallery, what was open lately, a file, or an empty canvas. */
export function OpenDialog() {
  const t = useText()
  const shown = useCanvas((state) => state.dialog === 'open')
  return (
    <SheetDialog open={shown} title={t('open.title')} wide onClose={close}>
      <OpenActions />
      <Gallery onOpen={open} />
      <RecentDrafts onOpen={open} />
    </SheetDialog>
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
          multiple
          accept={READABLE}
          onChange={(event) => {
            const files = [...(event.target.files ?? [])]
            void open(() => takeFiles(files, canvasStore.getState().pointer))
          }}
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
        onClick={() => void open(() => openWorkflow({ beatloom: 1 }, 'empty'))}
      >
        <FilePlus2 size={16} aria-hidden="true" />
        <span>{t('open.empty')}</span>
      </button>
    </div>
  )
}
