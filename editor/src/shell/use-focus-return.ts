import { useEffect } from 'react'

const OVERLAY = '[role=dialog], [role=alertdialog], [role=menu], [role=listbox]'

/** When a dialog closes and the focus would fall to nothing, it returns to where it was before the dialog opened. */
export function useFocusReturn(): void {
  useEffect(() => {
    let before: HTMLElement | null = null
    function onFocusIn(event: FocusEvent): void {
      const target = event.target as HTMLElement
      if (!target.closest(OVERLAY)) before = target
    }
    // Dialogs and menus hang on the body itself, each in a layer of its own.
    const observer = new MutationObserver((changes) => {
      const wasOverlay = changes.some(({ removedNodes }) =>
        [...removedNodes].some(
          (node) => node instanceof Element && (node.matches(OVERLAY) || node.querySelector(OVERLAY)),
        ),
      )
      if (!wasOverlay) return
      requestAnimationFrame(() => {
        if (document.activeElement !== document.body || document.querySelector('[role=dialog], [role=alertdialog]'))
          return
        const target = before?.isConnected ? before : document.querySelector<HTMLElement>('.canvas')
        target?.focus({ preventScroll: true })
      })
    })
    document.addEventListener('focusin', onFocusIn)
    observer.observe(document.body, { childList: true })
    return () => {
      document.removeEventListener('focusin', onFocusIn)
      observer.disconnect()
    }
  }, [])
}
