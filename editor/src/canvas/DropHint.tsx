import { useText } from '../i18n/index.ts'

export function DropHint({ over }: { over: boolean }) {
  const t = useText()
  return over ? (
    <div className="drop-hint" role="status">
      <p>{t('drop.hint')}</p>
    </div>
  ) : null
}
