import { ChevronRight, CircleAlert, Folder, MoveLeft, MoveRight } from 'lucide-react'
import { descriptorOf, useEndText } from '../canvas/links/link-ends.ts'
import { NodeState } from '../canvas/nodes/NodeState.tsx'
import { linkCounts } from '../canvas/nodes/node-summary.ts'
import { PortMark } from '../canvas/ports/PortMark.tsx'
import { useDocument } from '../document/document-store.ts'
import { portOf } from '../document/link-rules.ts'
import { useText } from '../i18n/index.ts'
import { issueText } from '../i18n/issue-text.ts'
import { nodeText } from '../i18n/node-text.ts'
import { useNodeProblems } from '../shell/problem-store.ts'
import { useDescriptors } from '../view/catalog-store.ts'
import { useView } from '../view/view-store.ts'
import type { Row } from './outline-rows.ts'
import { paramText } from './param-text.ts'

/** The words of a row; the tree around it holds the keys and the focus. */
export function RowWords({ row }: { row: Row }) {
  switch (row.kind) {
    case 'group':
      return <GroupWords group={row.group} open={row.open} />
    case 'node':
      return <NodeWords node={row.node} open={row.open} />
    case 'problem':
      return <ProblemWords row={row} />
    case 'value':
      return <ValueWords node={row.node} param={row.param} />
    case 'port':
      return <PortWords row={row} />
  }
}

const Fold = () => <ChevronRight className="outline-fold" size={14} aria-hidden="true" />

function GroupWords({ group, open }: { group: string; open: boolean }) {
  const t = useText()
  const found = useDocument((state) => state.workflow.layout.groups.find(({ id }) => id === group))
  return (
    <>
      <span className="outline-arrow" data-open={open}>
        <Fold />
      </span>
      <Folder size={14} aria-hidden="true" />
      <strong>{found?.title || t(found?.kind === 'subgraph' ? 'outline.subgraph' : 'outline.group')}</strong>
      <span className="outline-quiet">{t('outline.count', { n: found?.nodes.length ?? 0 })}</span>
    </>
  )
}

function NodeWords({ node, open }: { node: string; open: boolean }) {
  const t = useText()
  const language = useView((state) => state.language)
  const saved = useDocument((state) => state.workflow.nodes[node])
  const links = useDocument((state) => linkCounts(state.workflow).get(node) ?? 0)
  const descriptor = useDescriptors().get(saved?.type ?? '')
  const problems = useNodeProblems(node).length
  const usual = descriptor ? nodeText(descriptor, language).title : (saved?.type ?? node)
  return (
    <>
      <span className="outline-arrow" data-open={open}>
        <Fold />
      </span>
      <strong>{saved?.title ?? usual}</strong>
      {saved?.title && <span className="outline-quiet">{usual}</span>}
      {saved?.mode && <span className="node-mode">{t(`node.${saved.mode}`)}</span>}
      {problems > 0 && (
        <span className="outline-bad">
          <CircleAlert size={13} aria-hidden="true" />
          {problems === 1 ? t('access.problem') : t('access.problems', { n: problems })}
        </span>
      )}
      <span className="outline-state">
        <NodeState id={node} />
      </span>
      <span className="outline-quiet outline-links">
        {links === 1 ? t('access.link') : t('access.links', { n: links })}
      </span>
    </>
  )
}

function ProblemWords({ row }: { row: Row & { kind: 'problem' } }) {
  useText()
  return (
    <span className="outline-bad">
      <CircleAlert size={13} aria-hidden="true" />
      {issueText(row.issue)}
    </span>
  )
}

function ValueWords({ node, param: name }: { node: string; param: string }) {
  const t = useText()
  const language = useView((state) => state.language)
  const workflow = useDocument((state) => state.workflow)
  const descriptors = useDescriptors()
  const text = useEndText()
  const descriptor = descriptorOf(workflow, descriptors, node)
  const param = descriptor.params.find((candidate) => candidate.name === name)
  if (!param) return null
  const words = nodeText(descriptor, language)
  const fed = [workflow.nodes[node]?.links[name] ?? []].flat()[0]
  const value = workflow.nodes[node]?.params[name] ?? param.default
  return (
    <>
      <span>{words.param(param)}</span>
      <span className="outline-value">
        {fed ? t('outline.from', text({ ...fed, side: 'output' })) : paramText(value, param, words, t)}
      </span>
    </>
  )
}

function PortWords({ row }: { row: Row & { kind: 'port' } }) {
  const t = useText()
  const text = useEndText()
  const workflow = useDocument((state) => state.workflow)
  const port = portOf(workflow, useDescriptors(), row.end)
  const isInput = row.end.side === 'input'
  const others = row.others.map((other) => t(isInput ? 'outline.from' : 'outline.to', text(other)))
  const open = isInput ? (port?.optional ? t('outline.openOptional') : t('outline.open')) : t('outline.nowhere')
  return (
    <>
      {isInput ? (
        <MoveRight size={13} aria-hidden="true" />
      ) : (
        <MoveLeft className="outline-out" size={13} aria-hidden="true" />
      )}
      <PortMark type={port?.type ?? 'ANY'} optional={isInput && port?.optional === true} list={port?.list === true} />
      <span>{text(row.end).port}</span>
      <span className="visually-hidden">{t(isInput ? 'linking.input' : 'linking.output')}</span>
      <span className="outline-value">{others.length > 0 ? others.join(t('access.comma')) : open}</span>
    </>
  )
}
