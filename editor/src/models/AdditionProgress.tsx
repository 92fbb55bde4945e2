import type { ModelAddition } from '../api/types.ts'
import { fileSize, percent } from '../i18n/format.ts'
import { useText } from '../i18n/index.ts'
import { ProgressBar } from '../ui/ProgressBar.tsx'
import { shownText } from '../ui/shown-text.ts'
import { nameOf } from './addition-list.ts'
import { useSpeed } from './additions.ts'

/** How far an addition is: the bar, what it does, how much of how much, how fast. */
export function AdditionProgress({ addition }: { addition: ModelAddition }) {
  const t = useText()
  const speed = useSpeed(addition.id)
  const { phase, file, doneBytes, totalBytes } = addition.progress
  const share = totalBytes > 0 && phase !== 'checking' ? Math.min(1, doneBytes / totalBytes) : null
  const facts = [
    ...(share === null ? [] : [percent(share)]),
    ...(totalBytes > 0 ? [t('models.bytes', { done: fileSize(doneBytes), total: fileSize(totalBytes) })] : []),
    ...(speed !== null && phase === 'downloading' ? [t('models.speed', { size: fileSize(speed) })] : []),
  ]
  return (
    <div className="addition-progress">
      <ProgressBar share={share} label={t('models.progress', { name: shownText(nameOf(addition), 60) })} />
      <p>
        <span>
          {t(`models.phase.${phase}`)} <bdi>{shownText(file, 80)}</bdi>
        </span>
        <span className="addition-facts">{facts.join(' · ')}</span>
      </p>
    </div>
  )
}
