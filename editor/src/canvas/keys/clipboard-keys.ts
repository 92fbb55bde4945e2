import type { CanvasCommand } from '../commands.ts'
import { type KeyPress, matchesKeys } from './key-match.ts'

/** The keys that browsers turn into clipboard events by themselves, whichever command has them here. */
const BROWSER_KEYS = { copy: ['Mod+C'], cut: ['Mod+X'], paste: ['Mod+V', 'Mod+Shift+V'] } as const

type ClipboardEventName = keyof typeof BROWSER_KEYS

/** The clipboard event that the browser makes of a key press. */
export function clipboardEventOf(press: KeyPress, mac: boolean): ClipboardEventName | null {
  const names = Object.keys(BROWSER_KEYS) as ClipboardEventName[]
  return names.find((name) => BROWSER_KEYS[name].some((keys) => matchesKeys(press, keys, mac))) ?? null
}

/** Whether an event brings the clipboard to the command that has these keys; with other keys it asks for it. */
export function comesAsEvent(command: CanvasCommand, press: KeyPress, mac: boolean): boolean {
  const name = clipboardEventOf(press, mac)
  return name !== null && command.clipboard === (name === 'paste' ? 'read' : 'write')
}
