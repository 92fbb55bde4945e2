import { useInfiniteQuery } from '@tanstack/react-query'
import { useVirtualizer } from '@tanstack/react-virtual'
import { Search, X } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { useStore } from 'zustand'
import { listAssets } from '../../api/client.ts'
import type { AssetQuery } from '../../api/types.ts'
import { useText } from '../../i18n/index.ts'
import { say } from '../../i18n/sentences.ts'
import { revealedAsset } from '../../run/reveal-asset.ts'
import { IconButton } from '../../ui/Button.tsx'
import { Segmented } from '../../ui/Segmented.tsx'
import { togglePanel } from '../../view/view-store.ts'
import { useSettled } from '../queue/use-settled.ts'
import { AssetCard } from './AssetCard.tsx'

const PAGE = 60
const COLUMNS = 2
const ROW_PX = 158
const KINDS = ['all', 'image', 'audio', 'video'] as const

/** Every picture, sound and video that was made or brought in: to find, look at, and pull onto the canvas. */
export function AssetsPanel() {
  const t = useText()
  const [text, setText] = useState('')
  const [kind, setKind] = useState<(typeof KINDS)[number]>('all')
  const revealed = useStore(revealedAsset, (state) => state.reference)
  const settled = useSettled(text.trim())
  const filter: AssetQuery = { text: settled, ...(kind === 'all' ? {} : { kind }) }
  const query = useInfiniteQuery({
    queryKey: ['runs', 'assets', filter],
    queryFn: ({ pageParam }) => listAssets({ ...filter, limit: PAGE, before: pageParam ?? undefined }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    placeholderData: (before) => before,
    // An upload tells nobody; whoever opens the panel sees what is there now.
    refetchOnMount: 'always',
  })
  const assets = query.data?.pages.flatMap((page) => page.assets) ?? []
  const scroller = useRef<HTMLDivElement>(null)
  const list = useVirtualizer({
    count: Math.ceil(assets.length / COLUMNS),
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    gap: 8,
    overscan: 3,
  })
  const rows = list.getVirtualItems()
  const last = rows.at(-1)?.index ?? 0
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = query
  const place = revealed === null ? -1 : assets.findIndex((asset) => asset.reference === revealed)
  useEffect(() => {
    const wanted = last >= Math.ceil(assets.length / COLUMNS) - 3 || (revealed !== null && place < 0)
    if (hasNextPage && !isFetchingNextPage && wanted) void fetchNextPage()
  }, [hasNextPage, isFetchingNextPage, fetchNextPage, last, assets.length, revealed, place])
  useEffect(() => {
    if (revealed === null) return
    setText('')
    setKind('all')
  }, [revealed])
  useEffect(() => {
    if (place >= 0) list.scrollToIndex(Math.floor(place / COLUMNS), { align: 'center' })
  }, [place, list])
  return (
    <aside className="panel assets-panel" aria-label={t('assets.title')}>
      <header className="panel-head">
        <h2>{t('assets.title')}</h2>
        <IconButton label={t('app.close')} onClick={() => togglePanel('assets')}>
          <X size={16} />
        </IconButton>
      </header>
      <search className="history-filter">
        <label className="search-field">
          <Search size={14} aria-hidden="true" />
          <input
            type="search"
            className="field"
            aria-label={t('assets.search')}
            placeholder={t('assets.search')}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        </label>
        <Segmented
          label={t('assets.kind')}
          value={kind}
          options={KINDS.map((value) => ({ value, label: t(`assets.${value}`) }))}
          onChange={(value) => setKind(value as typeof kind)}
        />
      </search>
      {query.isError && <p className="panel-empty">{say(query.error.message)}</p>}
      {query.data && assets.length === 0 && (
        <p className="panel-empty">{t(settled || kind !== 'all' ? 'assets.nothing' : 'assets.empty')}</p>
      )}
      <div className="history-scroll" ref={scroller}>
        <ul className="assets-list" style={{ height: list.getTotalSize() }} aria-label={t('assets.title')}>
          {rows.flatMap((row) =>
            assets.slice(row.index * COLUMNS, (row.index + 1) * COLUMNS).map((asset, column) => (
              <li
                key={asset.reference}
                className="asset-cell"
                style={{ transform: `translateY(${row.start}px)`, left: `${(column * 100) / COLUMNS}%` }}
              >
                <AssetCard asset={asset} revealed={asset.reference === revealed} />
              </li>
            )),
          )}
        </ul>
      </div>
    </aside>
  )
}
