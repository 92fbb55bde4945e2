import { referencesIn } from '@beatloom/core'
import { fileNameIn } from '../../api/client.ts'
import type { RunChanges } from '../../api/types.ts'
import type { Descriptors } from '../../document/link-rules.ts'
import type { Translate } from '../../i18n/index.ts'
import { humanize, nodeText } from '../../i18n/node-text.ts'
import type { Language } from '../../view/view-store.ts'

const LONGEST = 26

/** One changed setting by the names people see: `Steps`, `8`, `12`. */
export function settingText(
  { type, param, before, after }: RunChanges['changes'][number],
  descriptors: Descriptors,
  t: Translate,
  language: Language,
): { name: string; before: string; after: string } {
  const descriptor = descriptors.get(type)
  const field = descriptor?.params.find((one) => one.name === param)
  const words = descriptor && nodeText(descriptor, language)
  const text = (value: unknown): string => {
    const known = value ?? field?.default ?? null
    if (known === null || known === '') return t('history.empty')
    // A file is known by its name, not by the hash before it.
    if (field?.widget === 'file') {
      const names = referencesIn(known).map(fileNameIn)
      return names.length === 0 ? t('history.empty') : shorten(names.join(', '))
    }
    if (typeof known === 'boolean') return t(known ? 'history.on' : 'history.off')
    if (typeof known !== 'string') return shorten(typeof known === 'object' ? JSON.stringify(known) : String(known))
    return shorten(field && words && Array.isArray(field.schema.enum) ? words.choice(field, known) : known)
  }
  return { name: field && words ? words.param(field) : humanize(param), before: text(before), after: text(after) }
}

const shorten = (text: string): string => (text.length <= LONGEST ? text : `${text.slice(0, LONGEST - 1)}…`)
