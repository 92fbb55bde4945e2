export interface KeyPress {
  key: string
  code: string
  ctrlKey: boolean
  metaKey: boolean
  altKey: boolean
  shiftKey: boolean
}

interface Parts {
  key: string
  mod: boolean
  ctrl: boolean
  alt: boolean
  shift: boolean
}

function partsOf(keys: string): Parts {
  // The plus sign both joins keys and is one.
  const parts = keys.endsWith('+') ? [...keys.slice(0, -1).split('+').filter(Boolean), '+'] : keys.split('+')
  const held = new Set(parts.slice(0, -1))
  return {
    key: parts.at(-1) ?? '',
    mod: held.has('Mod'),
    ctrl: held.has('Ctrl'),
    alt: held.has('Alt'),
    shift: held.has('Shift'),
  }
}

/** The letter or digit on the key itself: Alt types symbols on a Mac. */
const engraved = (code: string): string => /^(?:Key|Digit)([A-Z0-9])$/.exec(code)?.[1] ?? ''
const isLetter = (key: string): boolean => /^[A-Z]$/.test(key)

/** Whether a key press is `Mod+Shift+Enter` and the like. Letters and digits with Alt go by the physical key. */
export function matchesKeys(press: KeyPress, keys: string, mac: boolean): boolean {
  const { key, mod, ctrl, alt, shift } = partsOf(keys)
  if (press.ctrlKey !== (ctrl || (mod && !mac)) || press.metaKey !== (mod && mac) || press.altKey !== alt) return false
  // For signs like ? and + Shift is part of typing them.
  const shiftCounts = isLetter(key) || key.length > 1 || alt
  if (shiftCounts && press.shiftKey !== shift) return false
  if (alt && engraved(press.code) === key) return true
  return isLetter(key) ? press.key.toUpperCase() === key : press.key === key
}

const HELD_KEYS = new Set([
  'Shift',
  'Control',
  'Alt',
  'Meta',
  'AltGraph',
  'CapsLock',
  'Dead',
  'Process',
  'Unidentified',
])

/** The pressed keys as `matchesKeys` reads them; null while only Shift and the like are down. */
export function keysOfPress(press: KeyPress, mac: boolean): string | null {
  if (HELD_KEYS.has(press.key) && !(press.altKey && engraved(press.code))) return null
  const key = press.altKey && engraved(press.code) ? engraved(press.code) : signOrName(press.key)
  const shiftCounts = isLetter(key) || key.length > 1 || press.altKey
  const held = [
    (mac ? press.metaKey : press.ctrlKey) ? 'Mod' : '',
    mac && press.ctrlKey ? 'Ctrl' : '',
    press.altKey ? 'Alt' : '',
    press.shiftKey && shiftCounts ? 'Shift' : '',
  ]
  return [...held.filter(Boolean), key].join('+')
}

const signOrName = (key: string): string => (key === ' ' ? 'Space' : key.length === 1 ? key.toUpperCase() : key)

/** One spelling for what the same fingers press: `Ctrl` is `Mod` everywhere but on a Mac. */
export function sameKeys(a: string, b: string, mac: boolean): boolean {
  const spelled = (keys: string) => {
    const { key, mod, ctrl, alt, shift } = partsOf(keys)
    return JSON.stringify([key, mod || (ctrl && !mac), ctrl && mac, alt, shift])
  }
  return spelled(a) === spelled(b)
}

const KEPT_BY_BROWSER = ['N', 'T', 'W', 'Shift+N', 'Shift+T', 'Shift+W', 'Tab', 'Shift+Tab', 'Q']
const NEEDED_BY_PAGE = ['Tab', 'Shift+Tab', 'Enter', 'Escape', 'Space']

/** Keys that browsers do not give up, and keys by which people move through a page. */
export const isReserved = (keys: string, mac: boolean): boolean =>
  NEEDED_BY_PAGE.includes(keys) || KEPT_BY_BROWSER.some((kept) => sameKeys(keys, `Mod+${kept}`, mac))

/** `Mod+Shift+Z` as people read it: `Ctrl Shift Z`, `⌘ ⇧ Z`. */
export function keyText(keys: string, mac: boolean): string {
  if (keys === '') return ''
  const { key, mod, ctrl, alt, shift } = partsOf(keys)
  const held = mac
    ? [ctrl && '⌃', alt && '⌥', shift && '⇧', mod && '⌘']
    : [(mod || ctrl) && 'Ctrl', alt && 'Alt', shift && 'Shift']
  return [...held.filter(Boolean), NAMES[key] ?? (mac && key === 'Enter' ? '↩' : key)].join(' ')
}

const NAMES: Record<string, string> = {
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  Escape: 'Esc',
  ContextMenu: 'Menu',
}

export const isMac = (): boolean => /mac/i.test(globalThis.navigator?.platform ?? '')
