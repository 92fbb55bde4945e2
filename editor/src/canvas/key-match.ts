export interface KeyPress {
  key: string
  code: string
  ctrlKey: boolean
  metaKey: boolean
  altKey: boolean
  shiftKey: boolean
}

/** Whether a key press is `Mod+Shift+Enter` and the like. Letters with Alt go by the physical key, since Alt types symbols. */
export function matchesKeys(press: KeyPress, keys: string, mac: boolean): boolean {
  const parts = keys === '+' ? ['+'] : keys.split('+')
  const key = parts.at(-1) ?? ''
  const wants = (name: string) => parts.slice(0, -1).includes(name)
  const ctrl = wants('Ctrl') || (wants('Mod') && !mac)
  const meta = wants('Mod') && mac
  if (press.ctrlKey !== ctrl || press.metaKey !== meta || press.altKey !== wants('Alt')) return false
  const isLetter = /^[A-Z]$/.test(key)
  // For signs like ? and + Shift is part of typing them.
  const shiftCounts = isLetter || key.length > 1
  if (shiftCounts && press.shiftKey !== wants('Shift')) return false
  if (isLetter) return press.key.toUpperCase() === key || (wants('Alt') && press.code === `Key${key}`)
  return press.key === key
}

/** `Mod+Shift+Z` as people read it: `Ctrl Shift Z`, `⌘ ⇧ Z`. */
export function keyText(keys: string, mac: boolean): string {
  const signs: Record<string, string> = mac
    ? { Mod: '⌘', Shift: '⇧', Alt: '⌥', Ctrl: '⌃', Enter: '↩' }
    : { Mod: 'Ctrl' }
  const arrows: Record<string, string> = {
    ArrowLeft: '←',
    ArrowRight: '→',
    ArrowUp: '↑',
    ArrowDown: '↓',
    Escape: 'Esc',
  }
  if (keys === '+') return '+'
  return keys
    .split('+')
    .map((part) => signs[part] ?? arrows[part] ?? part)
    .join(' ')
}

export const isMac = (): boolean => /mac/i.test(globalThis.navigator?.platform ?? '')
