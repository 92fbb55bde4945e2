import { useEffect } from 'react'
import { isTabComing, onceShown } from '../../shell/tabs.ts'
import { copySelection, deleteSelection } from '../actions.ts'
import { canvasStore } from '../canvas-store.ts'
import { copyToSystem, holdsSomething, paste, pasteFromSystem } from '../paste.ts'
import { clipboardEventOf, comesAsEvent } from './clipboard-keys.ts'
import { commandFor } from './key-bindings.ts'
import { isMac } from './key-match.ts'

const TYPING = 'input, textarea, [contenteditable=true], [role=dialog]'
/** A browser that turns Ctrl+Shift+V into a paste event does so in the same turn. */
const EVENT_WAIT_MS = 60

/** Copy, cut and paste through the browser's own events: no permission asked, no click needed after switching tabs. */
export function useClipboard(): void {
  useEffect(() => {
    const mac = isMac()
    let pressed: KeyboardEvent | null = null
    let waiting: ReturnType<typeof setTimeout> | undefined
    const typing = (event: Event) => (event.target as Element | null)?.closest?.(TYPING)
    /** What the keys behind an event mean here; without keys, as from the browser's menu, what the event says. */
    const commandOf = (event: ClipboardEvent) => (pressed ? commandFor(pressed, mac)?.id : event.type)
    function onKey(event: KeyboardEvent): void {
      pressed = clipboardEventOf(event, mac) ? event : null
      clearTimeout(waiting)
      // Outside of text fields some browsers make no event of it.
      if (!pressed?.shiftKey || event.repeat || typing(event)) return
      const command = commandFor(event, mac)
      if (!command || !comesAsEvent(command, event, mac)) return
      const ask = () => onceShown(() => void pasteFromSystem(command.id === 'pasteLinked'))
      waiting = setTimeout(ask, EVENT_WAIT_MS)
    }
    function onKeysUp(): void {
      pressed = null
    }
    function onCopy(event: ClipboardEvent): void {
      const command = commandOf(event)
      const isOurs = command === 'copy' || command === 'cut'
      if (!isOurs || typing(event) || String(getSelection()) !== '') return
      if (isTabComing()) {
        event.preventDefault()
        onceShown(() => void copyToSystem(command === 'cut'))
        return
      }
      const text = copySelection()
      if (!text) return
      event.clipboardData?.setData('text/plain', text)
      event.preventDefault()
      if (command === 'cut') deleteSelection()
    }
    function onPaste(event: ClipboardEvent): void {
      clearTimeout(waiting)
      const command = commandOf(event)
      const isOurs = command === 'paste' || command === 'pasteLinked'
      const data = event.clipboardData
      if (!isOurs || typing(event) || !data) return
      const pasted = { text: data.getData('text/plain'), files: [...data.files] }
      if (!holdsSomething(pasted)) return
      event.preventDefault()
      onceShown(() => paste(pasted, canvasStore.getState().pointer, command === 'pasteLinked'))
    }
    addEventListener('keydown', onKey, true)
    addEventListener('keyup', onKeysUp, true)
    addEventListener('blur', onKeysUp)
    document.addEventListener('copy', onCopy)
    document.addEventListener('cut', onCopy)
    document.addEventListener('paste', onPaste)
    return () => {
      clearTimeout(waiting)
      removeEventListener('keydown', onKey, true)
      removeEventListener('keyup', onKeysUp, true)
      removeEventListener('blur', onKeysUp)
      document.removeEventListener('copy', onCopy)
      document.removeEventListener('cut', onCopy)
      document.removeEventListener('paste', onPaste)
    }
  }, [])
}
