import { X } from 'lucide-react'
import { Dialog } from 'radix-ui'
import { useState } from 'react'
import { useText } from '../i18n/index.ts'
import { IconButton } from '../ui/Button.tsx'
import { canvasStore, useCanvas } from './canvas-store.ts'
import { COMMANDS } from './commands.ts'
import { focusDialog } from './focus-dialog.ts'
import { isMac, keyText } from './key-match.ts'

/** All shortcuts, searchable. */
export function ShortcutSheet() {
  const t = useText()
  const shown = useCanvas((state) => state.dialog === 'shortcuts')
  const [query, setQuery] = useState('')
  const rows = COMMANDS.map((command) => ({
    id: command.id,
    label: t(command.label),
    keys: command.keys.map((k) => keyText(k, isMac())),
  }))
  const wanted = query.trim().toLowerCase()
  const found = rows.filter(({ label, keys }) => `${label} ${keys.join(' ')}`.toLowerCase().includes(wanted))
  return (
    <Dialog.Root open={shown} onOpenChange={(open) => !open && canvasStore.setState({ dialog: null })}>
      <Dialog.Portal>
        <Dialog.Overlay className="dialog-shade" />
        <Dialog.Content className="dialog" aria-describedby={undefined} tabIndex={-1} onOpenAutoFocus={focusDialog}>
          <header className="dialog-head">
            <Dialog.Title>{t('command.shortcuts')}</Dialog.Title>
            <Dialog.Close asChild>
              <IconButton label={t('app.close')}>
                <X size={16} />
              </IconButton>
            </Dialog.Close>
          </header>
          <input
            className="field"
            type="search"
            aria-label={t('shortcuts.search')}
            placeholder={t('shortcuts.search')}
            value={query}
            onChange={(event) => setQuery(event.target.value)}
          />
          <dl className="shortcut-list">
            {found.map(({ id, label, keys }) => (
              <div key={id}>
                <dt>{label}</dt>
                <dd>
                  {keys.map((key) => (
                    <kbd key={key}>{key}</kbd>
                  ))}
                </dd>
              </div>
            ))}
          </dl>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  )
}
