import { useEffect } from 'react'
import { copySelection, deleteSelection, pasteText } from './actions.ts'
import { canvasStore } from './canvas-store.ts'
import { takeFiles } from './take-files.ts'

const TYPING = 'input, textarea, [contenteditable=true]'

/** Copy, cut and paste through the browser's own events: no permission asked, no click needed after switching tabs. */
export function useClipboard(): void {
  useEffect(() => {
    let shift = false
    const onKey = (event: KeyboardEvent) => {
      shift = event.shiftKey
    }
    const typing = (event: Event) => (event.target as Element | null)?.closest?.(TYPING)
    function onCopy(event: ClipboardEvent): void {
      const text = typing(event) || String(getSelection()) !== '' ? null : copySelection()
      if (!text) return
      event.clipboardData?.setData('text/plain', text)
      event.preventDefault()
      if (event.type === 'cut') deleteSelection()
    }
    function onPaste(event: ClipboardEvent): void {
      if (typing(event) || !event.clipboardData) return
      const { pointer } = canvasStore.getState()
      if (pasteText(event.clipboardData.getData('text/plain'), pointer, shift)) {
        event.preventDefault()
        return
      }
      const files = [...event.clipboardData.files]
      if (files.length > 0) void takeFiles(files, pointer)
    }
    addEventListener('keydown', onKey, true)
    document.addEventListener('copy', onCopy)
    document.addEventListener('cut', onCopy)
    document.addEventListener('paste', onPaste)
    return () => {
      removeEventListener('keydown', onKey, true)
      document.removeEventListener('copy', onCopy)
      document.removeEventListener('cut', onCopy)
      document.removeEventListener('paste', onPaste)
    }
  }, [])
}
