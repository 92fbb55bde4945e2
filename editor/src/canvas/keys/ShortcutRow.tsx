import { Pencil, RotateCcw, TriangleAlert } from 'lucide-react'
import { useRef, useState } from 'react'
import { useText } from '../../i18n/index.ts'
import { Button, IconButton } from '../../ui/Button.tsx'
import { useView } from '../../view/view-store.ts'
import type { CanvasCommand } from '../commands.ts'
import { bindKeys, keysFor, ownerOf, resetKeys } from './key-bindings.ts'
import { isMac, isReserved, keysOfPress, keyText } from './key-match.ts'

interface ShortcutRowProps {
  command: CanvasCommand
  asking: boolean
  onAsk(ask: boolean): void
}

export function ShortcutRow({ command, asking, onAsk }: ShortcutRowProps) {
  const t = useText()
  const chosen = useView((state) => state.shortcuts)
  const edit = useRef<HTMLButtonElement>(null)
  const label = t(command.label)
  const keys = keysFor(command, chosen)
  function stop(): void {
    onAsk(false)
    requestAnimationFrame(() => edit.current?.focus())
  }
  return (
    <li data-asking={asking}>
      <span className="shortcut-name">{label}</span>
      <span className="shortcut-keys">
        {keys.length === 0 && <span className="shortcut-none">{t('shortcuts.none')}</span>}
        {keys.map((combination) => (
          <kbd key={combination}>{keyText(combination, isMac())}</kbd>
        ))}
      </span>
      <span className="shortcut-actions">
        {command.id in chosen && (
          <IconButton label={t('shortcuts.reset', { name: label })} onClick={() => resetKeys(command.id)}>
            <RotateCcw size={14} />
          </IconButton>
        )}
        <button
          ref={edit}
          type="button"
          className="icon-button"
          aria-label={t('shortcuts.change', { name: label })}
          data-tip={t('shortcuts.change', { name: label })}
          aria-expanded={asking}
          onClick={() => onAsk(!asking)}
        >
          <Pencil size={14} />
        </button>
      </span>
      {asking && <KeyQuestion command={command} onDone={stop} />}
    </li>
  )
}

/** Waits for keys; those of another command are taken only after a warning. */
function KeyQuestion({ command, onDone }: { command: CanvasCommand; onDone(): void }) {
  const t = useText()
  const chosen = useView((state) => state.shortcuts)
  const [pressed, setPressed] = useState<string | null>(null)
  const mac = isMac()
  const reserved = pressed !== null && isReserved(pressed, mac)
  const owner = pressed === null || reserved ? undefined : ownerOf(pressed, command.id, chosen, mac)
  function onKeyDown(event: React.KeyboardEvent): void {
    if (event.key === 'Tab') return
    event.preventDefault()
    event.stopPropagation()
    event.nativeEvent.stopImmediatePropagation()
    if (event.key === 'Escape') {
      onDone()
      return
    }
    const keys = keysOfPress(event.nativeEvent, mac)
    if (keys === null) return
    if (isReserved(keys, mac) || ownerOf(keys, command.id, chosen, mac)) setPressed(keys)
    else take(keys)
  }
  function take(keys: string): void {
    bindKeys(command.id, keys, mac)
    onDone()
  }
  return (
    <div className="shortcut-question">
      <input
        className="field"
        readOnly
        // biome-ignore lint/a11y/noAutofocus: the field appears because a person asked to press keys here.
        autoFocus
        aria-label={t('shortcuts.press', { name: t(command.label) })}
        placeholder={t('shortcuts.pressNow')}
        value={pressed === null ? '' : keyText(pressed, mac)}
        onKeyDown={onKeyDown}
      />
      {(reserved || owner) && (
        <p className="shortcut-warning" role="alert">
          <TriangleAlert size={14} aria-hidden="true" />
          {owner ? t('shortcuts.taken', { name: t(owner.label) }) : t('shortcuts.reserved')}
        </p>
      )}
      {owner && pressed !== null && (
        <Button size="small" tone="primary" onClick={() => take(pressed)}>
          {t('shortcuts.takeAnyway')}
        </Button>
      )}
      <Button size="small" onClick={onDone}>
        {t('run.cancel')}
      </Button>
    </div>
  )
}
