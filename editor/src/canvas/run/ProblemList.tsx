import type { Issue } from '@beatloom/core'
import { CircleAlert, TriangleAlert } from 'lucide-react'
import { Popover } from 'radix-ui'
import { useRef, useState } from 'react'
import { useDocument } from '../../document/document-store.ts'
import { useText } from '../../i18n/index.ts'
import { Button } from '../../ui/Button.tsx'
import { useDescriptors } from '../../view/catalog-store.ts'
import { useView } from '../../view/view-store.ts'
import { nodeName } from '../nodes/node-name.ts'
import { showField } from '../view/show-node.ts'
import { fieldOfIssue, issueInPlace } from './issue-in-place.ts'

/** In Run's place while something is wrong: every problem at once, each a way to its field. */
export function ProblemList({ issues }: { issues: readonly Issue[] }) {
  const t = useText()
  const language = useView((state) => state.language)
  const workflow = useDocument((state) => state.workflow)
  const descriptors = useDescriptors()
  const [open, setOpen] = useState(false)
  const chosen = useRef<Issue | null>(null)
  function placeOf(node: string, issue: Issue): string {
    const descriptor = descriptors.get(workflow.nodes[node]?.type ?? '')
    const field = fieldOfIssue(issue, descriptor, language)
    const name = nodeName(workflow, descriptors, node, language)
    return field ? `${name} · ${field}` : name
  }
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger asChild>
        <Button tone="danger" icon={<CircleAlert size={16} aria-hidden="true" />}>
          {t(issues.length === 1 ? 'run.fixOne' : 'run.fixMany', { n: issues.length })}
        </Button>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          className="menu problem-list"
          sideOffset={8}
          align="end"
          aria-label={t('problem.list')}
          onCloseAutoFocus={(event) => {
            if (!chosen.current?.node) return
            // The field gets the focus, not the button that opened the list.
            event.preventDefault()
            showField(chosen.current)
            chosen.current = null
          }}
        >
          <ul>
            {issues.map((issue) => (
              <li key={`${issue.code}:${issue.node}:${issue.port ?? issue.param}:${issue.message}`}>
                <button
                  type="button"
                  className="menu-item"
                  onClick={() => {
                    chosen.current = issue
                    setOpen(false)
                  }}
                >
                  <TriangleAlert size={14} aria-hidden="true" />
                  <span>
                    {issue.node && <strong>{placeOf(issue.node, issue)}</strong>}
                    {issueInPlace(issue)}
                  </span>
                </button>
              </li>
            ))}
          </ul>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  )
}
