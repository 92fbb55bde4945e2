import { useDocument } from '../document/document-store.ts'
import { useText } from '../i18n/index.ts'

/** What to do with a canvas that has nothing on it. */
export function EmptyHint() {
  const t = useText()
  const empty = useDocument((state) => Object.keys(state.workflow.nodes).length === 0)
  return empty ? (
    <div className="empty-hint">
      <h2>{t('canvas.emptyTitle')}</h2>
      <p>{t('canvas.emptyHint')}</p>
    </div>
  ) : null
}
