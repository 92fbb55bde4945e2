import { expect, it } from 'vitest'
import { viewStore } from '../../view/view-store.ts'
import { COMMANDS } from '../commands.ts'
import { MENU_ENTRIES } from '../palette/menu-entries.ts'
import { bindKeys, ownerOf, resetKeys } from './key-bindings.ts'
import { isReserved, keysOfPress, keyText, matchesKeys, sameKeys } from './key-match.ts'

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
  expect(keyText('Mod+Shift+Z', true)).toBe('⇧ ⌘ Z')
  expect(keyText('Mod+Enter', false)).toBe('Ctrl Enter')
})
it('K15: reads back the keys that were pressed', () => {
  expect(keysOfPress(press('z', { ctrlKey: true, shiftKey: true }, 'KeyZ'), false)).toBe('Mod+Shift+Z')
  expect(keysOfPress(press('?', { shiftKey: true }, 'Slash'), false)).toBe('?')
  expect(keysOfPress(press('µ', { altKey: true }, 'KeyM'), true)).toBe('Alt+M')
  expect(keysOfPress(press('m', { ctrlKey: true }, 'KeyM'), true)).toBe('Ctrl+M')
  expect(keysOfPress(press('Shift', { shiftKey: true }), false)).toBeNull()
})
it('K15: gives no two commands the same keys, nor any that the browser keeps', () => {
  for (const mac of [false, true]) {
    const all = COMMANDS.flatMap((command) => command.keys.map((keys) => ({ id: command.id, keys })))
    const clashes = all.filter(({ id, keys }) =>
      all.some((other) => other.id !== id && sameKeys(other.keys, keys, mac)),
    )
    expect(clashes).toEqual([])
    const kept = all.filter(({ keys }) => isReserved(keys, mac) && !['Enter', 'Escape'].includes(keys))
    expect(kept).toEqual([])
  }
})
it('K15: mute stays Control+M on a Mac, where Cmd+M belongs to the system', () => {
  expect(COMMANDS.find(({ id }) => id === 'mute')?.keys).toEqual(['Ctrl+M'])
  expect(matchesKeys(press('m', { metaKey: true }, 'KeyM'), 'Ctrl+M', true)).toBe(false)
  expect(matchesKeys(press('m', { ctrlKey: true }, 'KeyM'), 'Ctrl+M', true)).toBe(true)
})
it('K15: new keys are taken from whoever had them, and reset gives them back', () => {
  bindKeys('mute', 'Mod+D', false)
  const { shortcuts } = viewStore.getState()
  expect(shortcuts).toEqual({ mute: ['Mod+D'], duplicate: [] })
  expect(ownerOf('Mod+D', 'duplicate', shortcuts, false)?.id).toBe('mute')
  resetKeys('mute')
  resetKeys('duplicate')
  expect(viewStore.getState().shortcuts).toEqual({})
})
it('M17: every entry of the context menus is a command with keys', () => {
  const ids = Object.values(MENU_ENTRIES).flat(2)
  const without = ids.filter((id) => !COMMANDS.find((command) => command.id === id)?.keys[0])
  expect(without).toEqual([])
})
