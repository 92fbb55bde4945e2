import type { Issue } from '@beatloom/core'
import { TriangleAlert } from 'lucide-react'
import { useDocument } from '../../document/document-store.ts'
import { useText } from '../../i18n/index.ts'
import { say } from '../../i18n/sentences.ts'
import { useRun } from '../../run/run-store.ts'
import { withoutPersonalPaths } from '../../run/technical-details.ts'
import { useDescriptor, useDescriptors } from '../../view/catalog-store.ts'
import { useView } from '../../view/view-store.ts'
import { fixesForIssue } from '../fixes/issue-fixes.ts'
import { FixButtons } from '../run/FixButtons.tsx'
import { fieldOfIssue, issueInPlace } from '../run/issue-in-place.ts'
import { NodeError } from '../run/NodeError.tsx'
import { nodeName } from './node-name.ts'

/** What is wrong with the node before a run, and why it failed or was left out in the last one. */
export function NodeProblems({ id, problems }: { id: string; problems: readonly Issue[] }) {
  useText()
  const language = useView((state) => state.language)
  const descriptor = useDescriptor(useDocument((state) => state.workflow.nodes[id]?.type ?? ''))
  // Its progress says nothing here, so a tick repaints none of this.
  const error = useRun((state) => state.run?.nodes[id]?.error)
  const skipped = useSkipped(id)
  if (problems.length === 0 && !error && !skipped) return null
  return (
    <div className="node-problems">
      {error && <NodeError id={id} error={error} />}
      {skipped && (
        <p data-severity="skipped">
          <TriangleAlert size={14} aria-hidden="true" />
          {skipped}
        </p>
      )}
      {problems.map((issue) => (
        <div key={`${issue.code}:${issue.port ?? issue.param ?? ''}:${issue.message}`} className="node-problem">
          <p data-severity={issue.severity}>
            <TriangleAlert size={14} aria-hidden="true" />
            <span>
              {fieldOfIssue(issue, descriptor, language) && (
                <strong>{fieldOfIssue(issue, descriptor, language)}: </strong>
              )}
              {issueInPlace(issue)}
            </span>
          </p>
          <FixButtons fixesOf={() => fixesForIssue(issue)} />
        </div>
      ))}
    </div>
  )
}

/** Why the node was left out, naming what it waited for as people call it. */
function useSkipped(id: string): string | undefined {
  const language = useView((state) => state.language)
  const descriptors = useDescriptors()
  const node = useRun((state) => {
    const run = state.run?.nodes[id]
    return run?.state === 'skipped' ? run : undefined
  })
  const source = node?.source
  const name = useDocument((state) =>
    source === undefined ? undefined : nodeName(state.workflow, descriptors, source, language),
  )
  if (!node?.reason) return
  const reason = name === undefined ? node.reason : node.reason.replace(`"${source}"`, `"${name}"`)
  return say(withoutPersonalPaths(reason))
}
