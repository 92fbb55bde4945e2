import type { Refusal } from '../../document/link-rules.ts'
import type { Translate } from '../../i18n/index.ts'

/** Why a link may not be made, in one sentence. */
export function refusalText(refusal: Refusal, t: Translate): string {
  switch (refusal.code) {
    case 'type_mismatch':
      return t('refusal.types', { from: refusal.from, to: refusal.to })
    case 'frame_rates':
      return t('refusal.frameRates', { from: rateText(refusal.from), to: rateText(refusal.to) })
    case 'lengths':
      return t('refusal.lengths', { from: secondsText(refusal.from), to: secondsText(refusal.to) })
    case 'one_link':
      return t('refusal.oneLink', { count: refusal.count })
    case 'locked':
      return t('refusal.locked')
    case 'loop':
      return t('refusal.loop')
    case 'both_outputs':
      return t('refusal.bothOutputs')
    case 'both_inputs':
      return t('refusal.bothInputs')
    case 'same_node':
      return t('refusal.sameNode')
    case 'unknown_port':
      return t('refusal.unknownPort')
  }
}

const secondsText = (seconds: number): string => String(Math.round(seconds * 100) / 100)

/** `24`, `23.976`: a rate without digits that say nothing. */
const rateText = (rate: number): string => String(Math.round(rate * 1000) / 1000)
