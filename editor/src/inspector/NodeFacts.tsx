import type { ParamDescriptor } from '@beatloom/core'
import { CircleAlert } from 'lucide-react'
import { descriptorOf } from '../canvas/links/link-ends.ts'
import { NodeState } from '../canvas/nodes/NodeState.tsx'
import { issueInPlace } from '../canvas/run/issue-in-place.ts'
import { useDocument } from '../document/document-store.ts'
import { renameNode } from '../document/edits.ts'
import { useText } from '../i18n/index.ts'
import { errorText, issueText } from '../i18n/issue-text.ts'
import { useNodeText } from '../i18n/node-text.ts'
import { useNodeRun } from '../run/run-store.ts'
import { useNodeProblems } from '../shell/problem-store.ts'
import { useDescriptors } from '../view/catalog-store.ts'
import { ParamField } from './ParamField.tsx'
import { PortList } from './PortList.tsx'

interface NodeFactsProps {
  node: string
  /** Goes to the other end of a link. */
  onGo(node: string): void
}

/** Everything about one node: what it is for, its state, its problems, its values, its links. */
export function NodeFacts({ node, onGo }: NodeFactsProps) {
  const t = useText()
  const workflow = useDocument((state) => state.workflow)
  const edit = useDocument((state) => state.edit)
  const descriptor = descriptorOf(workflow, useDescriptors(), node)
  const words = useNodeText(descriptor)
  const problems = useNodeProblems(node)
  const run = useNodeRun(node)
  const saved = workflow.nodes[node]
  if (!saved) return null
  const problemOf = (param: ParamDescriptor) =>
    problems.filter((issue) => issue.param === param.name).map(issueInPlace)[0]
  return (
    <div className="inspector-node">
      <label className="inspector-name">
        <span>{t('node.rename')}</span>
        <input
          className="field"
          value={saved.title ?? ''}
          placeholder={words.title}
          spellCheck={false}
          onChange={(event) => edit(renameNode(node, event.target.value), `title:${node}`)}
        />
      </label>
      <p className="inspector-about">{words.description}</p>
      <p className="inspector-type">
        {descriptor.type}
        {saved.mode && ` · ${t(`node.${saved.mode}`)}`}
      </p>
      {run && (
        <div className="inspector-run">
          <NodeState id={node} />
        </div>
      )}
      {(problems.length > 0 || run?.error) && (
        <ul className="inspector-problems" aria-label={t('outline.problems')}>
          {run?.error && (
            <li>
              <CircleAlert size={14} aria-hidden="true" />
              {errorText(run.error)}
            </li>
          )}
          {problems.map((issue) => (
            <li key={`${issue.code}:${issue.port ?? issue.param ?? ''}:${issue.message}`}>
              <CircleAlert size={14} aria-hidden="true" />
              {issueText(issue)}
            </li>
          ))}
        </ul>
      )}
      {descriptor.params.length > 0 && (
        <section className="inspector-fields" aria-label={t('outline.values')}>
          {descriptor.params.map((param) => (
            <ParamField
              key={`${node}.${param.name}`}
              nodes={[node]}
              param={param}
              words={words}
              problem={problemOf(param)}
            />
          ))}
        </section>
      )}
      <PortList node={node} descriptor={descriptor} words={words} side="input" onGo={onGo} />
      <PortList node={node} descriptor={descriptor} words={words} side="output" onGo={onGo} />
    </div>
  )
}
