import { Search } from 'lucide-react'
import { useText } from '../../i18n/index.ts'
import { Segmented } from '../../ui/Segmented.tsx'
import { Select } from '../../ui/Select.tsx'
import type { HistoryFilter, Outcome, Span } from './history-filter.ts'

interface FilterBarProps {
  filter: HistoryFilter
  onChange(change: Partial<HistoryFilter>): void
}

const SPANS: readonly Span[] = ['any', 'today', 'week', 'month', 'days']
const OUTCOMES: readonly Outcome[] = ['all', 'done', 'failed']

/** Which runs of the history are shown: by words, by how they ended, by date. */
export function HistoryFilterBar({ filter, onChange }: FilterBarProps) {
  const t = useText()
  return (
    <search className="history-filter">
      <label className="search-field">
        <Search size={14} aria-hidden="true" />
        <input
          type="search"
          className="field"
          aria-label={t('history.search')}
          placeholder={t('history.search')}
          value={filter.text}
          onChange={(event) => onChange({ text: event.target.value })}
        />
      </label>
      <div className="history-filter-line">
        <Segmented
          label={t('history.outcome')}
          value={filter.outcome}
          options={OUTCOMES.map((value) => ({ value, label: t(`history.${value}`) }))}
          onChange={(value) => onChange({ outcome: value as Outcome })}
        />
        <Select
          label={t('history.span')}
          value={filter.span}
          options={SPANS.map((value) => ({ value, label: t(`history.span.${value}`) }))}
          onChange={(value) => onChange({ span: value as Span })}
        />
      </div>
      {filter.span === 'days' && (
        <div className="history-filter-line">
          <DateField label={t('history.from')} value={filter.first} onChange={(first) => onChange({ first })} />
          <DateField label={t('history.until')} value={filter.last} onChange={(last) => onChange({ last })} />
        </div>
      )}
    </search>
  )
}

function DateField({ label, value, onChange }: { label: string; value: string; onChange(value: string): void }) {
  return (
    <label className="date-field">
      <span>{label}</span>
      <input type="date" className="field" value={value} onChange={(event) => onChange(event.target.value)} />
    </label>
  )
}
