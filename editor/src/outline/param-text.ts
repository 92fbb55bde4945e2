import type { ParamDescriptor } from '@beatloom/core'
import type { Translate } from '../i18n/index.ts'
import type { NodeText } from '../i18n/node-text.ts'
import { widgetOf } from '../widgets/widget.ts'

const LONGEST = 60

/** A value in words, short enough for one line. */
export function paramText(value: unknown, param: ParamDescriptor, words: NodeText, t: Translate): string {
  if (value === undefined || value === null || value === '') return t('outline.empty')
  if (typeof value === 'boolean') return t(value ? 'outline.on' : 'outline.off')
  const kind = widgetOf(param)
  const text =
    typeof value !== 'string' && typeof value !== 'number'
      ? JSON.stringify(value)
      : kind === 'choice'
        ? words.choice(param, String(value))
        : String(value)
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text
}
