import { expect, it } from 'vitest'
import { COMMANDS } from './commands.ts'
import { keyText, matchesKeys } from './key-match.ts'

const press = (
  key: string,
  held: Partial<Record<'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey', boolean>> = {},
  code = '',
) => ({
  key,
  code,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...held,
})

it('takes Ctrl, and Cmd on a Mac', () => {
  expect(matchesKeys(press('z', { ctrlKey: true }), 'Mod+Z', false)).toBe(true)
  expect(matchesKeys(press('z', { metaKey: true }), 'Mod+Z', true)).toBe(true)
  expect(matchesKeys(press('z', { ctrlKey: true }), 'Mod+Z', true)).toBe(false)
  expect(matchesKeys(press('Z', { ctrlKey: true, shiftKey: true }), 'Mod+Z', false)).toBe(false)
})
it('goes by the physical key where Alt types a symbol', () => {
  expect(matchesKeys(press('µ', { altKey: true }, 'KeyM'), 'Alt+M', true)).toBe(true)
})
it('takes signs with the Shift that types them', () => {
  expect(matchesKeys(press('?', { shiftKey: true }), '?', false)).toBe(true)
  expect(matchesKeys(press('+', { shiftKey: true }), '+', false)).toBe(true)
})
it('writes keys as people read them', () => {
  expect(keyText('Mod+Shift+Z', true)).toBe('⌘ ⇧ Z')
  expect(keyText('Mod+Enter', false)).toBe('Ctrl Enter')
})
it('gives no two commands the same keys', () => {
  const keys = COMMANDS.flatMap((command) => command.keys)
  expect(new Set(keys).size).toBe(keys.length)
})
