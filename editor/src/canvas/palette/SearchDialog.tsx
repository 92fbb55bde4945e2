import { Command } from 'cmdk'
import { Dialog } from 'radix-ui'
import type { ReactNode } from 'react'
import { useText } from '../../i18n/index.ts'

interface SearchDialogProps {
  label: string
  placeholder: string
  query: string
  onQuery(query: string): void
  /** The value of the item that Enter takes. */
  current: string
  onCurrent(value: string): void
  onClose(): void
  children: ReactNode
}

/** A field and a list under it, over everything: type, go up and down, Enter takes, Esc leaves. */
export function SearchDialog(props: SearchDialogProps) {
  const t = useText()
  return (
    <Dialog.Root open onOpenChange={(open) => !open && props.onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className="dialog-shade" data-light="true" />
        <Dialog.Content className="search-dialog" aria-describedby={undefined}>
          <Dialog.Title className="visually-hidden">{props.label}</Dialog.Title>
          <Command
            className="palette search-list"
            label={props.label}
            shouldFilter={false}
            value={props.current}
            onValueChange={props.onCurrent}
          >
            <Command.Input
              autoFocus
              value={props.query}
              onValueChange={(query) => {
                props.onQuery(query)
                props.onCurrent('')
              }}
              placeholder={props.placeholder}
            />
            <Command.List label={props.label}>
              <Command.Empty>{t('search.nothing')}</Command.Empty>
              {props.children}
            </Command.List>
          </Command>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  )
}
