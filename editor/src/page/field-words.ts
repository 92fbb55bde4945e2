import type { Field } from '../document/declared-fields.ts'
import { fileLabel, galleryText, nodeText } from '../i18n/node-text.ts'
import type { Language } from '../view/view-store.ts'

/** What a declared input is called: by the file, else as its node's param. */
export function fieldLabel({ name, input, descriptor, param }: Field, language: Language): string {
  return input.label ? fileLabel(input.label, language, name) : nodeText(descriptor, language).param(param)
}

const HAN = /\p{Script=Han}/u

/**
 * A file's help is in one language, its writer's, but for the gallery's; where that is not the reader's, the node's own
 * help serves.
 */
export function fieldHelp({ input, descriptor, param }: Field, language: Language): string {
  const help = galleryText(input.help ?? '', language)
  const own = language === 'en' || HAN.test(help) ? help : ''
  return own || nodeText(descriptor, language).help(param)
}
