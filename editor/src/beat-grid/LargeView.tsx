import { Maximize2, X } from 'lucide-react'
import { Dialog } from 'radix-ui'
import { useState } from 'react'
import { documentStore } from '../document/document-store.ts'
import { useText } from '../i18n/index.ts'
import { IconButton } from '../ui/Button.tsx'

/** A button that shows a field over the whole window, with room for hands. */
export function LargeView({ title, children }: { title: string; children: React.ReactNode }) {
  const t = useText()
  const [open, setOpen] = useState(false)
  return (
    <Dialog.Root open={open} onOpenChange={setOpen}>
      <Dialog.Trigger asChild>
        <IconButton className="large-open" label={t('largeView.open', { name: title })} tip="above">
          <Maximize2 size={14} />
        </IconButton>
      </Dialog.Trigger>
      <Dialog.Portal>
        <Dialog.Overlay className="dialog-shade" />
        <Dialog.Content
          className="full-view large-view"
          aria-describedby={undefined}
          // Where there is something to leave first, as a chosen beat, Escape is for that.
          onEscapeKeyDown={(event) => {
            if ((event.target as Element).matches('[data-holds-escape=true]')) event.preventDefault()
          }}
          // What happens in here is no gesture on the canvas, of which it is a part for React.
          onKeyDown={(event) => {
            event.stopPropagation()
            undoByKey(event)
          }}
          onPointerDown={(event) => event.stopPropagation()}
        >
          <header className="full-view-bar">
            <Dialog.Title className="full-view-title">{title}</Dialog.Title>
            <Dialog.Close asChild>
              <IconButton className="large-close" label={t('largeView.close')}>
                <X size={16} />
              </IconButton>
            </Dialog.Close>
          </header>
          <div className="large-view-body">{children}</div>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

/** The keys of the canvas end at a dialog, but what is changed in this one is undone in it, too. */
function undoByKey(event: React.KeyboardEvent): void {
  const key = event.key.toLowerCase()
  if (!(event.ctrlKey || event.metaKey) || (event.target as Element).matches('input, textarea')) return
  if (key !== 'z' && key !== 'y') return
  event.preventDefault()
  const { undo, redo } = documentStore.getState()
  if (key === 'y' || event.shiftKey) redo()
  else undo()
}
