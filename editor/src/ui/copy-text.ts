/**
 * Puts a text into the clipboard, on pages without HTTPS too, where the browser keeps its clipboard interface shut.
 * @returns whether it is there now.
 */
export async function copyText(text: string): Promise<boolean> {
  try {
    if (navigator.clipboard) {
      await navigator.clipboard.writeText(text)
      return true
    }
  } catch {
    // Refused: the older way may still be open.
  }
  const before = document.activeElement as HTMLElement | null
  // A dialog keeps the focus to itself, so the text has to stand inside it.
  const place = before?.closest('[role=dialog]') ?? document.body
  const field = place.appendChild(document.createElement('textarea'))
  field.className = 'visually-hidden'
  field.value = text
  field.select()
  const done = document.execCommand('copy')
  field.remove()
  before?.focus()
  return done
}
