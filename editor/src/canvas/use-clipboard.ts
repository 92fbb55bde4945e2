import { useEffect } from 'react'
import { copySelection, deleteSelection } from './actions.ts'
import { canvasStore } from './canvas-store.ts'
import { paste, pasteFromSystem } from './paste.ts'

const TYPING = 'input, textarea, [contenteditable=true], [role=dialog]'
/** A browser that turns Ctrl+Shift+V into a paste event does so in the same turn. */
const EVENT_WAIT_MS = 60

/** Copy, cut and paste through the browser's own events: no permission asked, no click needed after switching tabs. */
export function useClipboard(): void {
  useEffect(() => {
    let keepOutside = false
    let waiting: ReturnType<typeof setTimeout> | undefined
    const typing = (event: Event) => (event.target as Element | null)?.closest?.(TYPING)
    function onKey(event: KeyboardEvent): void {
      const isPaste = (event.ctrlKey || event.metaKey) && event.code === 'KeyV' && !event.altKey
      keepOutside = isPaste && event.shiftKey
      clearTimeout(waiting)
      // Outside of text fields some browsers make no event of it.
      if (keepOutside && !event.repeat && !typing(event)) {
        waiting = setTimeout(() => void pasteFromSystem(true), EVENT_WAIT_MS)
      }
    }
    function onCopy(event: ClipboardEvent): void {
      const text = typing(event) || String(getSelection()) !== '' ? null : copySelection()
      if (!text) return
      event.clipboardData?.setData('text/plain', text)
      event.preventDefault()
      if (event.type === 'cut') deleteSelection()
    }
    function onPaste(event: ClipboardEvent): void {
      clearTimeout(waiting)
      const data = event.clipboardData
      if (typing(event) || !data) return
      const pasted = { text: data.getData('text/plain'), files: [...data.files] }
      if (paste(pasted, canvasStore.getState().pointer, keepOutside)) event.preventDefault()
    }
    addEventListener('keydown', onKey, true)
    document.addEventListener('copy', onCopy)
    document.addEventListener('cut', onCopy)
    document.addEventListener('paste', onPaste)
    return () => {
      clearTimeout(waiting)
      removeEventListener('keydown', onKey, true)
      document.removeEventListener('copy', onCopy)
      document.removeEventListener('cut', onCopy)
      document.removeEventListener('paste', onPaste)
    }
  }, [])
}
