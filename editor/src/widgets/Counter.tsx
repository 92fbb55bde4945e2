import { useText } from '../i18n/index.ts'

const WORTH_SHOWING = 0.8

/** How much of a limited text is used, once it gets close. */
export function Counter({ length, limit }: { length: number; limit: number | undefined }) {
  const t = useText()
  if (limit === undefined || length <= limit * WORTH_SHOWING) return null
  const over = length > limit
  return (
    <span className="counter" data-over={over} role={over ? 'alert' : undefined}>
      {length} / {limit}
      {over && ` · ${t('widget.tooLong', { n: length - limit })}`}
    </span>
  )
}
