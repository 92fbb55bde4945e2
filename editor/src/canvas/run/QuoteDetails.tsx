import type { PlannedNode } from '@beatloom/core'
import { Clapperboard, Database, HardDrive, Hourglass, MemoryStick, Play, Workflow } from 'lucide-react'
import { useStore } from 'zustand'
import type { Quote } from '../../api/types.ts'
import { useDocument } from '../../document/document-store.ts'
import { useText } from '../../i18n/index.ts'
import { quoteStore } from '../../run/quote-store.ts'
import { type QuoteFact, quoteFacts } from '../../run/quote-text.ts'
import { useDescriptors } from '../../view/catalog-store.ts'
import { useView } from '../../view/view-store.ts'
import { nodeName } from '../nodes/node-name.ts'
import { showField } from '../view/show-node.ts'
import { reasonText } from './reason-text.ts'

const ICONS: Record<QuoteFact['key'], typeof Play> = {
  time: Hourglass,
  memory: MemoryStick,
  disk: HardDrive,
  nodes: Workflow,
  shots: Clapperboard,
}

/** The whole quote: time, memory, disk, and every node that would run, with why, or is done already. */
export function QuoteDetails({ quote }: { quote: Quote }) {
  const t = useText()
  const planned = Object.values(useStore(quoteStore, (state) => state.nodes))
  return (
    <>
      <h2>{t('quote.title')}</h2>
      <dl className="quote-facts">
        {quoteFacts(quote, t).map(({ key, value }) => {
          const Icon = ICONS[key]
          return (
            <div key={key}>
              <dt>
                <Icon size={14} aria-hidden="true" />
                {t(`quote.${key}`)}
              </dt>
              <dd>{value}</dd>
            </div>
          )
        })}
      </dl>
      <NodeList title={t('quote.willRun')} icon={Play} nodes={planned.filter((node) => node.action === 'run')} />
      <NodeList title={t('quote.done')} icon={Database} nodes={planned.filter((node) => node.action === 'cached')} />
    </>
  )
}

function NodeList({ title, icon: Icon, nodes }: { title: string; icon: typeof Play; nodes: readonly PlannedNode[] }) {
  const t = useText()
  const language = useView((state) => state.language)
  const workflow = useDocument((state) => state.workflow)
  const descriptors = useDescriptors()
  const known = nodes.filter((item) => item.node in workflow.nodes)
  if (known.length === 0) return null
  return (
    <section>
      <h3>{title}</h3>
      <ul className="quote-nodes">
        {known.map((item) => (
          <li key={item.node}>
            <button type="button" className="menu-item" onClick={() => showField({ node: item.node })}>
              <Icon size={13} aria-hidden="true" />
              <span>{nodeName(workflow, descriptors, item.node, language)}</span>
              {item.reason && <small>{reasonText(item.reason, workflow, descriptors, item.node, t, language)}</small>}
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}
