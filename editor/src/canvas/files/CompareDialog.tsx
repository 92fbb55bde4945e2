import { parseWorkflow } from '@beatloom/core'
import { useQuery } from '@tanstack/react-query'
import { useId, useMemo } from 'react'
import { getRun, searchRuns } from '../../api/client.ts'
import { compareWorkflows } from '../../document/compare.ts'
import { documentStore } from '../../document/document-store.ts'
import { localeOf } from '../../i18n/format.ts'
import { useText } from '../../i18n/index.ts'
import { Button } from '../../ui/Button.tsx'
import { SheetDialog } from '../../ui/SheetDialog.tsx'
import { shownText } from '../../ui/shown-text.ts'
import { toast, useView } from '../../view/view-store.ts'
import { ComparisonView } from './ComparisonView.tsx'
import { type ComparedSide, fileDialogs, showComparison, useFileDialogs } from './file-dialogs.ts'
import { workflowInside } from './open-file.ts'

const close = () => fileDialogs.setState({ comparison: null })
const MOST_RUNS = 30

/** Two states of a workflow side by side: added, removed, changed, rewired. */
export function CompareDialog() {
  const t = useText()
  const comparison = useFileDialogs((state) => state.comparison)
  const differences = useMemo(
    () => comparison && compareWorkflows(comparison.before.workflow, comparison.after.workflow),
    [comparison],
  )
  return (
    <SheetDialog open={comparison !== null} title={t('compare.title')} onClose={close}>
      {comparison && differences && (
        <>
          <p className="comparison-sides">
            <bdi>{shownText(comparison.before.label)}</bdi> <span aria-hidden="true">→</span>{' '}
            <bdi>{shownText(comparison.after.label)}</bdi>
          </p>
          <CompareWith after={comparison.after} />
          <ComparisonView comparison={differences} />
        </>
      )}
    </SheetDialog>
  )
}

/** What the state at hand is compared with: as last saved, a file, the workflow of a run. */
function CompareWith({ after }: { after: ComparedSide }) {
  const t = useText()
  const fileField = useId()
  const language = useView((state) => state.language)
  const runs = useQuery({
    queryKey: ['runs', 'compare'],
    queryFn: () => searchRuns({ limit: MOST_RUNS }),
    retry: false,
  })
  const against = async (label: string, read: () => Promise<unknown>) => {
    try {
      showComparison({ label, workflow: parseWorkflow(await read()) }, after)
    } catch (error) {
      toast((error as Error).message, 'error')
    }
  }
  const date = new Intl.DateTimeFormat(localeOf(language), { dateStyle: 'medium', timeStyle: 'short' })
  return (
    <div className="compare-with">
      <Button
        size="small"
        onClick={() => void against(t('compare.saved'), async () => documentStore.getState().savedWorkflow)}
      >
        {t('compare.saved')}
      </Button>
      <span className="file-button">
        <input
          id={fileField}
          className="visually-hidden"
          type="file"
          accept=".json,.png,.mp4,.webm,.wav,.mp3,.flac"
          onChange={(event) => {
            const file = event.target.files?.[0]
            if (file) void against(file.name, async () => (await workflowInside(file)) ?? file.text())
          }}
        />
        <label className="button" data-tone="plain" data-size="small" htmlFor={fileField}>
          {t('compare.withFile')}
        </label>
      </span>
      {(runs.data?.runs.length ?? 0) > 0 && (
        <select
          className="field compare-run"
          aria-label={t('compare.withRun')}
          value=""
          onChange={(event) => {
            const run = runs.data?.runs.find(({ id }) => id === event.target.value)
            if (run) void against(run.title, async () => (await getRun(run.id)).workflow)
          }}
        >
          <option value="" disabled>
            {t('compare.withRun')}
          </option>
          {runs.data?.runs.map(({ id, title, createdAt }) => (
            <option key={id} value={id}>
              {`${shownText(title, 40)} · ${date.format(new Date(createdAt))}`}
            </option>
          ))}
        </select>
      )}
    </div>
  )
}
