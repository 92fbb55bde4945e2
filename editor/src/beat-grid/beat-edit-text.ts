import type { BeatEdit } from '@beatloom/core'
import { clockTime } from '../i18n/format.ts'
import type { Translate } from '../i18n/index.ts'

const at = (seconds: number): string => clockTime(seconds, 3)

/** A change in words. */
export function beatEditText(edit: BeatEdit, t: Translate): string {
  switch (edit.do) {
    case 'add':
      return t(edit.downbeat ? 'beatEdit.addBar' : 'beatEdit.add', { time: at(edit.at) })
    case 'remove':
      return t('beatEdit.remove', { time: at(edit.at) })
    case 'move':
      return t('beatEdit.move', { time: at(edit.at), to: at(edit.to) })
    case 'downbeat':
      return t(edit.downbeat ? 'beatEdit.bar' : 'beatEdit.noBar', { time: at(edit.at) })
    case 'double':
      return t('beatEdit.double')
    case 'halve':
      return t(edit.from === 'first' ? 'beatEdit.halveFirst' : 'beatEdit.halveSecond')
    case 'shift':
      return t('beatEdit.shift', { n: edit.beats > 0 ? `+${edit.beats}` : edit.beats })
    case 'delay':
      return t('beatEdit.delay', { ms: Math.round(edit.seconds * 1e4) / 10 })
    case 'tap':
      return t('beatEdit.tap', { n: edit.times.length, from: at(edit.times[0]!), to: at(edit.times.at(-1)!) })
  }
}
