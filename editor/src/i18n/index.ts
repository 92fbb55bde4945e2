import { useStore } from 'zustand'
import { type Language, useView, viewStore } from '../view/view-store.ts'
import { type TextKey, WORDS } from './dictionaries.ts'
import { sentencesStore } from './sentences.ts'

export { isTextKey, type TextKey } from './dictionaries.ts'
export type Translate = (key: TextKey, values?: Record<string, string | number>) => string

const COLUMN: Record<Language, 0 | 1> = { en: 0, zh: 1 }

/** The translator of one language. */
export const translator =
  (language: Language): Translate =>
  (key, values) =>
    fillIn(WORDS[key][COLUMN[language]], values)

/** Puts values into a sentence's `{name}` places. */
export function fillIn(text: string, values: Record<string, string | number> = {}): string {
  return text.replaceAll(/\{(\w+)\}/g, (place, name: string) => String(values[name] ?? place))
}

const TRANSLATORS: Record<Language, Translate> = { en: translator('en'), zh: translator('zh') }

/** The interface's words in the chosen language. Who uses them is drawn again, too, once the server's sentences are there. */
export function useText(): Translate {
  useStore(sentencesStore, (state) => state.translate)
  return TRANSLATORS[useView((state) => state.language)]
}
/** The same outside components. */
export const textNow = (): Translate => TRANSLATORS[viewStore.getState().language]
