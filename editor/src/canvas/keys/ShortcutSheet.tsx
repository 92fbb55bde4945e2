import { X } from 'lucide-react'
import { Dialog } from 'radix-ui'
import { useState } from 'react'
import { useText } from '../../i18n/index.ts'
import { usePinyin } from '../../i18n/pinyin.ts'
import { Button, IconButton } from '../../ui/Button.tsx'
import { useView } from '../../view/view-store.ts'
import { canvasStore, useCanvas } from '../canvas-store.ts'
import { COMMANDS } from '../commands.ts'
import { commandEntry } from '../palette/CommandPalette.tsx'
import { rankOf } from '../palette/rank-nodes.ts'
import { focusDialog } from './focus-dialog.ts'
import { keysFor, resetAllKeys } from './key-bindings.ts'
import { isMac, keyText } from './key-match.ts'
import { ShortcutRow } from './ShortcutRow.tsx'

/** All shortcuts: searchable by name and by keys, and each can be given other keys. */
export function ShortcutSheet() {
  const t = useText()
  const shown = useCanvas((state) => state.dialog === 'shortcuts')
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
          <Sheet />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

function Sheet() {
  const t = useText()
  const spell = usePinyin()
  const chosen = useView((state) => state.shortcuts)
  const [query, setQuery] = useState('')
  /** The command whose new keys are awaited. */
  const [asking, setAsking] = useState<string | null>(null)
  const wanted = query.trim().toLowerCase()
  const found = COMMANDS.filter((command) => {
    const keys = keysFor(command, chosen).map((k) => keyText(k, isMac()).toLowerCase())
    return rankOf(query, commandEntry(command, spell)) !== null || keys.some((text) => text.includes(wanted))
  })
  const ownCount = Object.keys(chosen).length
  return (
    <>
      <div className="shortcut-tools">
        <input
          className="field"
          type="search"
          aria-label={t('shortcuts.search')}
          placeholder={t('shortcuts.search')}
          value={query}
          onChange={(event) => setQuery(event.target.value)}
        />
        <Button disabled={ownCount === 0} onClick={resetAllKeys}>
          {t('shortcuts.resetAll')}
        </Button>
      </div>
      <p className="shortcut-note">{t('shortcuts.arrows')}</p>
      {found.length === 0 && <p className="shortcut-note">{t('search.nothing')}</p>}
      <ul className="shortcut-list">
        {found.map((command) => (
          <ShortcutRow
            key={command.id}
            command={command}
            asking={asking === command.id}
            onAsk={(ask) => setAsking(ask ? command.id : null)}
          />
        ))}
      </ul>
    </>
  )
}
