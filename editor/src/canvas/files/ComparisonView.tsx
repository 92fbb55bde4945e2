import type { Link } from '@beatloom/core'
import { ArrowRight, Cable, FileText, LayoutGrid, Minus, PenLine, Plus } from 'lucide-react'
import type { ReactNode } from 'react'
import { type Comparison, isSame, type NodeLine, type ValueChange } from '../../document/compare.ts'
import { useText } from '../../i18n/index.ts'
import { nodeText } from '../../i18n/node-text.ts'
import { shownText } from '../../ui/shown-text.ts'
import { useDescriptors } from '../../view/catalog-store.ts'
import { useView } from '../../view/view-store.ts'

const VALUE_LETTERS = 80

/** What differs between two states, in words; moved nodes are one line. */
export function ComparisonView({ comparison }: { comparison: Comparison }) {
  const t = useText()
  const { added, removed, changed, rewired, file, moved, regrouped } = comparison
  if (isSame(comparison)) return <p className="comparison-same">{t('compare.same')}</p>
  return (
    <div className="comparison">
      <Section kind="added" icon={<Plus size={15} />} title={t('compare.added', { n: added.length })} list={added}>
        {(node) => <NodeName {...node} />}
      </Section>
      <Section
        kind="removed"
        icon={<Minus size={15} />}
        title={t('compare.removed', { n: removed.length })}
        list={removed}
      >
        {(node) => <NodeName {...node} />}
      </Section>
      <Section
        kind="changed"
        icon={<PenLine size={15} />}
        title={t('compare.changed', { n: changed.length })}
        list={changed}
      >
        {(node) => (
          <>
            <NodeName {...node} />
            <Changes changes={node.changes} type={node.type} />
          </>
        )}
      </Section>
      <Section
        kind="rewired"
        icon={<Cable size={15} />}
        title={t('compare.rewired', { n: rewired.length })}
        list={rewired}
      >
        {(input) => (
          <>
            <NodeName {...input} /> <code>{input.port}</code>
            <p className="comparison-change">
              <Links links={input.before} /> <ArrowRight size={13} aria-label={t('compare.becomes')} />{' '}
              <Links links={input.after} />
            </p>
          </>
        )}
      </Section>
      {file.length > 0 && (
        <Section kind="changed" icon={<FileText size={15} />} title={t('compare.file')} list={[{ changes: file }]}>
          {({ changes }) => <Changes changes={changes} />}
        </Section>
      )}
      {(moved > 0 || regrouped) && (
        <p className="comparison-layout">
          <LayoutGrid size={15} aria-hidden="true" />
          {[moved > 0 ? t('compare.moved', { n: moved }) : '', regrouped ? t('compare.regrouped') : '']
            .filter(Boolean)
            .join(' ')}
        </p>
      )}
    </div>
  )
}

interface SectionProps<T> {
  kind: string
  icon: ReactNode
  title: string
  list: readonly T[]
  children(item: T): ReactNode
}

function Section<T>({ kind, icon, title, list, children }: SectionProps<T>) {
  if (list.length === 0) return null
  return (
    <section data-kind={kind}>
      <h3>
        {icon}
        {title}
      </h3>
      <ul>
        {list.map((item, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the list is never reordered while it is shown
          <li key={index}>{children(item)}</li>
        ))}
      </ul>
    </section>
  )
}

function NodeName({ id, type, title }: NodeLine) {
  const descriptors = useDescriptors()
  const language = useView((state) => state.language)
  const descriptor = descriptors.get(type)
  const name = title || (descriptor ? nodeText(descriptor, language).title : type)
  return (
    <>
      <bdi className="comparison-node">{shownText(name)}</bdi> <bdi className="comparison-id">{shownText(id, 60)}</bdi>
    </>
  )
}

function Changes({ changes, type = '' }: { changes: ValueChange[]; type?: string }) {
  const t = useText()
  const language = useView((state) => state.language)
  const descriptor = useDescriptors().get(type)
  const nameOf = (name: string): string => {
    const param = descriptor?.params.find((candidate) => candidate.name === name)
    return param && descriptor ? nodeText(descriptor, language).param(param) : name
  }
  return changes.map(({ name, before, after }) => (
    <p key={name} className="comparison-change">
      <span>{nameOf(name)}</span> <Value value={before} /> <ArrowRight size={13} aria-label={t('compare.becomes')} />{' '}
      <Value value={after} />
    </p>
  ))
}

function Value({ value }: { value: unknown }) {
  const t = useText()
  if (value === undefined) return <em>{t('compare.unset')}</em>
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return <bdi className="comparison-value">{shownText(text, VALUE_LETTERS)}</bdi>
}

function Links({ links }: { links: readonly Link[] }) {
  const t = useText()
  if (links.length === 0) return <em>{t('compare.open')}</em>
  return <code>{links.map(({ node, port }) => `${node}.${port}`).join(', ')}</code>
}
