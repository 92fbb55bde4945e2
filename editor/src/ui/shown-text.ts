const MOST_SHOWN = 200

/** A text short enough to draw: titles may be a megabyte long. The document keeps all of it. */
export function shownText(text: string, most = MOST_SHOWN): string {
  if (text.length <= most) return text
  // Half of a surrogate pair would be drawn as a question mark.
  return `${text.slice(0, most).replace(/[\ud800-\udbff]$/, '')}…`
}
