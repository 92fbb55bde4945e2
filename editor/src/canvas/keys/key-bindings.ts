import { changeSettings, useView, viewStore } from '../../view/view-store.ts'
import { type CanvasCommand, COMMANDS, commandById } from '../commands.ts'
import { isMac, type KeyPress, keyText, matchesKeys, sameKeys } from './key-match.ts'

/** Which keys give a command: a person's own, else the usual ones. */

type Chosen = Readonly<Record<string, readonly string[]>>

export const keysFor = (command: CanvasCommand, chosen: Chosen): readonly string[] => chosen[command.id] ?? command.keys

export function commandFor(press: KeyPress, mac: boolean): CanvasCommand | undefined {
  const { shortcuts } = viewStore.getState()
  return COMMANDS.find((command) => keysFor(command, shortcuts).some((keys) => matchesKeys(press, keys, mac)))
}

/** The command that has these keys already. */
export function ownerOf(keys: string, except: string, chosen: Chosen, mac: boolean): CanvasCommand | undefined {
  return COMMANDS.find(
    (command) => command.id !== except && keysFor(command, chosen).some((other) => sameKeys(other, keys, mac)),
  )
}

/** Gives a command new keys; whichever command had them loses them. */
export function bindKeys(id: string, keys: string, mac: boolean): void {
  const { shortcuts } = viewStore.getState()
  const owner = ownerOf(keys, id, shortcuts, mac)
  const freed = owner
    ? { [owner.id]: keysFor(owner, shortcuts).filter((other) => !sameKeys(other, keys, mac)) as string[] }
    : {}
  changeSettings({ shortcuts: { ...shortcuts, ...freed, [id]: [keys] } })
}

export function resetKeys(id: string): void {
  const { [id]: _own, ...rest } = viewStore.getState().shortcuts
  changeSettings({ shortcuts: rest })
}

export const resetAllKeys = (): void => changeSettings({ shortcuts: {} })

/** The first keys of a command, as people read them; empty where it has none. */
export function useKeyText(id: string): string {
  const chosen = useView((state) => state.shortcuts)
  return keyText(keysFor(commandById(id), chosen)[0] ?? '', isMac())
}
