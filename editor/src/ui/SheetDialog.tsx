import { X } from 'lucide-react'
import { Dialog } from 'radix-ui'
import type { ReactNode } from 'react'
import { useText } from '../i18n/index.ts'
import { IconButton } from './Button.tsx'

interface SheetDialogProps {
  open: boolean
  title: string
  /** One sentence under the title, read out with it. */
  lead?: string | undefined
  wide?: boolean
  className?: string
  onClose(): void
  children: ReactNode
}

/** A dialog with its title, a way out, and the focus on itself, so no tip covers the heading. */
export function SheetDialog({ open, title, lead, wide = false, className = '', onClose, children }: SheetDialogProps) {
  const t = useText()
  return (
    <Dialog.Root open={open} onOpenChange={(wanted) => !wanted && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className="dialog-shade" />
        <Dialog.Content
          className={`dialog ${className}`}
          data-wide={wide}
          {...(lead ? {} : { 'aria-describedby': undefined })}
          tabIndex={-1}
          onOpenAutoFocus={(event) => {
            event.preventDefault()
            ;(event.currentTarget as HTMLElement).focus()
          }}
        >
          <header className="dialog-head">
            <Dialog.Title>{title}</Dialog.Title>
            <Dialog.Close asChild>
              <IconButton label={t('app.close')}>
                <X size={16} />
              </IconButton>
            </Dialog.Close>
          </header>
          {lead && <Dialog.Description className="dialog-lead">{lead}</Dialog.Description>}
          {children}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  )
}
