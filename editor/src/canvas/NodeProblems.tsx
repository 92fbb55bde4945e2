import type { Issue } from '@beatloom/core'
import { CircleAlert, TriangleAlert } from 'lucide-react'
import { useText } from '../i18n/index.ts'
import { errorText, issueText } from '../i18n/issue-text.ts'
import { useNodeRun } from '../run/run-store.ts'
import { useView } from '../view/view-store.ts'

/** What is wrong with the node before a run, and why it failed in the last one. */
export function NodeProblems({ id, problems }: { id: string; problems: readonly Issue[] }) {
  const t = useText()
  const language = useView((state) => state.language)
  const run = useNodeRun(id)
  if (problems.length === 0 && !run?.error && run?.state !== 'skipped') return null
  return (
    <div className="node-problems">
      {run?.error && (
        <p data-severity="error" role="alert">
          <CircleAlert size={14} aria-hidden="true" />
          {errorText(run.error, t, language)}
        </p>
      )}
      {run?.state === 'skipped' && run.reason && (
        <p data-severity="skipped">
          <TriangleAlert size={14} aria-hidden="true" />
          {run.reason}
        </p>
      )}
      {problems.map((issue) => (
        <p key={`${issue.code}:${issue.port ?? issue.param ?? ''}:${issue.message}`} data-severity={issue.severity}>
          <TriangleAlert size={14} aria-hidden="true" />
          {issueText(issue, t, language)}
        </p>
      ))}
    </div>
  )
}
