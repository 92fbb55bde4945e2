import type { ShotEdit } from '@beatloom/core'
import { clockTime } from '../i18n/format.ts'
import type { Translate } from '../i18n/index.ts'

const at = (seconds: number): string => clockTime(seconds, 2)

/** A change in words. */
export function shotEditText(edit: ShotEdit, t: Translate): string {
  switch (edit.do) {
    case 'cut':
      return t('shotEdit.cut', { time: at(edit.at) })
    case 'join':
      return t('shotEdit.join', { time: at(edit.at) })
    case 'move':
      return t('shotEdit.move', { time: at(edit.at), to: at(edit.to) })
    case 'set':
      return t('shotEdit.set', { time: at(edit.at) })
    case 'lock':
      return t('shotEdit.lock', { from: at(edit.from), to: at(edit.to) })
  }
}
