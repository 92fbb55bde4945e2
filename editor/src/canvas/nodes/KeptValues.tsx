import { useDocument } from '../../document/document-store.ts'
import { useText } from '../../i18n/index.ts'
import { shownText } from '../../ui/shown-text.ts'

const MOST_SHOWN = 12

/** The values of a node whose type is not installed: shown, and kept as they are. */
export function KeptValues({ id, type }: { id: string; type: string }) {
  const t = useText()
  const params = useDocument((state) => state.workflow.nodes[id]?.params)
  const entries = Object.entries(params ?? {})
  return (
    <div className="kept-values">
      <dl>
        {entries.slice(0, MOST_SHOWN).map(([name, value]) => (
          <div key={name}>
            <dt>
              <bdi>{shownText(name, 40)}</bdi>
            </dt>
            <dd>
              <bdi>{shownText(typeof value === 'string' ? value : JSON.stringify(value), 60)}</bdi>
            </dd>
          </div>
        ))}
      </dl>
      {entries.length > MOST_SHOWN && <p>{t('node.moreValues', { n: entries.length - MOST_SHOWN })}</p>}
      <p className="node-unknown">{t('node.unknown', { type: shownText(type, 80) })}</p>
    </div>
  )
}
