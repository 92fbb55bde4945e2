import { useInfiniteQuery } from '@tanstack/react-query'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef, useState } from 'react'
import { searchRuns } from '../../api/client.ts'
import { useText } from '../../i18n/index.ts'
import { say } from '../../i18n/sentences.ts'
import { HistoryCard } from './HistoryCard.tsx'
import { HistoryFilterBar } from './HistoryFilterBar.tsx'
import { EVERYTHING, queryOf } from './history-filter.ts'
import { useSettled } from './use-settled.ts'

const PAGE = 40
const USUAL_HEIGHT_PX = 118
const GAP_PX = 8

/** What was made, newest first; only the cards in sight are drawn, however many there are. */
export function HistorySection() {
  const t = useText()
  const [filter, setFilter] = useState(EVERYTHING)
  const settled = useSettled(filter)
  const scroller = useRef<HTMLDivElement>(null)
  const query = useInfiniteQuery({
    queryKey: ['runs', 'history', settled],
    queryFn: ({ pageParam }) => searchRuns({ ...queryOf(settled), limit: PAGE, before: pageParam ?? undefined }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    placeholderData: (before) => before,
  })
  const runs = query.data?.pages.flatMap((page) => page.runs) ?? []
  const total = query.data?.pages[0]?.total ?? 0
  const list = useVirtualizer({
    count: runs.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => USUAL_HEIGHT_PX,
    getItemKey: (index) => runs[index]?.id ?? index,
    gap: GAP_PX,
    overscan: 4,
  })
  const rows = list.getVirtualItems()
  const last = rows.at(-1)?.index ?? 0
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = query
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage && last >= runs.length - 5) void fetchNextPage()
  }, [hasNextPage, isFetchingNextPage, fetchNextPage, last, runs.length])
  const filtered = settled !== EVERYTHING && JSON.stringify(settled) !== JSON.stringify(EVERYTHING)
  return (
    <section className="history" aria-label={t('queue.history')}>
      <header className="queue-head">
        <h3>{t('queue.history')}</h3>
        {total > 0 && <span className="history-count">{t('history.count', { n: total })}</span>}
      </header>
      {(total > 0 || filtered) && (
        <HistoryFilterBar filter={filter} onChange={(change) => setFilter((now) => ({ ...now, ...change }))} />
      )}
      {query.isError && <p className="panel-empty">{say(query.error.message)}</p>}
      {query.data && runs.length === 0 && (
        <p className="panel-empty">{t(filtered ? 'history.nothing' : 'queue.empty')}</p>
      )}
      <div className="history-scroll" ref={scroller}>
        <div
          // A feed without articles is none.
          {...(rows.length > 0 ? { role: 'feed', 'aria-label': t('queue.history') } : {})}
          className="history-list"
          style={{ height: list.getTotalSize() }}
        >
          {rows.map((row) => (
            <div
              key={row.key}
              ref={list.measureElement}
              data-index={row.index}
              className="history-row"
              style={{ transform: `translateY(${row.start}px)` }}
            >
              <HistoryCard run={runs[row.index]!} place={row.index + 1} total={total} />
            </div>
          ))}
        </div>
      </div>
    </section>
  )
}
