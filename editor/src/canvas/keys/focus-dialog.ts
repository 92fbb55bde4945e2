/** The dialog itself takes the focus, not its close button, whose tip would cover the heading. */
export function focusDialog(event: Event): void {
  event.preventDefault()
  ;(event.currentTarget as HTMLElement).focus()
}
