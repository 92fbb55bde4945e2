import { type Language, useView, viewStore } from '../view/view-store.ts'
import { en } from './en.ts'
import { zh } from './zh.ts'

export type TextKey = keyof typeof en
export type Dictionary = Record<TextKey, string>
export type Translate = (key: TextKey, values?: Record<string, string | number>) => string

const DICTIONARIES: Record<Language, Dictionary> = { en, zh }

function translator(language: Language): Translate {
  const dictionary = DICTIONARIES[language]
  return (key, values) => fillIn(dictionary[key], values)
}

/** Puts values into a sentence's `{name}` places. */
export function fillIn(text: string, values: Record<string, string | number> = {}): string {
  return text.replaceAll(/\{(\w+)\}/g, (place, name: string) => String(values[name] ?? place))
}

const TRANSLATORS: Record<Language, Translate> = { en: translator('en'), zh: translator('zh') }

/** The interface's words in the chosen language. */
export const useText = (): Translate => TRANSLATORS[useView((state) => state.language)]
/** The same outside components. */
export const textNow = (): Translate => TRANSLATORS[viewStore.getState().language]
