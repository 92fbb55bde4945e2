import { parseWorkflow } from '@beatloom/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { getRun, getRunChanges, searchRuns } from '../../api/client.ts'
import type { RunDetail, RunSummary } from '../../api/types.ts'
import { valuesOfRun } from '../../document/restore-values.ts'
import { workTime } from '../../i18n/format.ts'
import { useText } from '../../i18n/index.ts'
import { Select } from '../../ui/Select.tsx'
import { SheetDialog } from '../../ui/SheetDialog.tsx'
import { useDescriptors } from '../../view/catalog-store.ts'
import { useView } from '../../view/view-store.ts'
import { canvasStore, useCanvas } from '../canvas-store.ts'
import { SidePair } from './SidePair.tsx'
import { settingText } from './setting-text.ts'
import { startTime } from './start-time.ts'

/** Two runs side by side: what they made, playing together, and every setting in which they differ. */
export function CompareRuns() {
  const id = useCanvas((state) => state.comparing)
  return id ? <CompareDialog key={id} id={id} /> : null
}

const CHOICES = 60

function CompareDialog({ id }: { id: string }) {
  const t = useText()
  const language = useView((state) => state.language)
  const [chosen, setChosen] = useState<string | null>(null)
  const changes = useQuery({ queryKey: ['run-changes', id], queryFn: () => getRunChanges(id) })
  const others = useQuery({ queryKey: ['runs', 'compare'], queryFn: () => searchRuns({ limit: CHOICES }) })
  const candidates = (others.data?.runs ?? []).filter((run) => run.id !== id)
  const other = chosen ?? changes.data?.previous ?? candidates[0]?.id ?? null
  const close = () => canvasStore.setState({ comparing: null })
  const label = (run: RunSummary): string =>
    `${run.title || t('document.untitled')} · ${startTime(run.createdAt, language)}`
  return (
    <SheetDialog open title={t('compareRuns.title')} className="compare-dialog" onClose={close}>
      {candidates.length > 0 && (
        <div className="compare-choice">
          <span>{t('compareRuns.with')}</span>
          <Select
            label={t('compareRuns.with')}
            value={other ?? ''}
            options={candidates.map((run) => ({ value: run.id, label: label(run) }))}
            onChange={setChosen}
          />
        </div>
      )}
      {other ? <Comparison before={other} after={id} /> : <p className="panel-empty">{t('compareRuns.alone')}</p>}
    </SheetDialog>
  )
}

const useRunDetail = (id: string) => useQuery({ queryKey: ['run', id], queryFn: () => getRun(id) })

function Comparison({ before: beforeId, after: afterId }: { before: string; after: string }) {
  const t = useText()
  const language = useView((state) => state.language)
  const descriptors = useDescriptors()
  const before = useRunDetail(beforeId).data
  const after = useRunDetail(afterId).data
  if (!before || !after) return null
  const rows = differences(before, after)
  const caption = (run: RunDetail): string =>
    [startTime(run.createdAt, language), run.seconds === null ? '' : workTime(run.seconds)].filter(Boolean).join(' · ')
  return (
    <>
      <SidePair
        before={{ output: before.outputs.find((item) => item.file) ?? null, caption: caption(before) }}
        after={{ output: after.outputs.find((item) => item.file) ?? null, caption: caption(after) }}
      />
      {rows.length === 0 ? (
        <p className="panel-empty">{t('history.sameSettings')}</p>
      ) : (
        <table className="compare-table">
          <thead>
            <tr>
              <th scope="col">{t('compareRuns.setting')}</th>
              <th scope="col">{caption(before)}</th>
              <th scope="col">{caption(after)}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((change) => {
              const text = settingText(change, descriptors, t, language)
              return (
                <tr key={`${change.node}.${change.param}`}>
                  <th scope="row">{text.name}</th>
                  <td>{text.before}</td>
                  <td>{text.after}</td>
                </tr>
              )
            })}
          </tbody>
        </table>
      )}
    </>
  )
}

function differences(before: RunDetail, after: RunDetail) {
  const [old, now] = [parseWorkflow(before.workflow), parseWorkflow(after.workflow)]
  const [was, is] = [valuesOfRun(old, before.inputs ?? {}), valuesOfRun(now, after.inputs ?? {})]
  return Object.entries(now.nodes).flatMap(([node, { type }]) => {
    if (old.nodes[node]?.type !== type) return []
    const names = new Set([...Object.keys(was[node] ?? {}), ...Object.keys(is[node] ?? {})])
    return [...names].flatMap((param) => {
      const [a, b] = [was[node]?.[param] ?? null, is[node]?.[param] ?? null]
      return JSON.stringify(a) === JSON.stringify(b) ? [] : [{ node, type, param, before: a, after: b }]
    })
  })
}
