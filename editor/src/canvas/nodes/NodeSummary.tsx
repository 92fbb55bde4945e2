import { useDocument } from '../../document/document-store.ts'
import { useText } from '../../i18n/index.ts'
import { nodeText } from '../../i18n/node-text.ts'
import { useRun } from '../../run/run-store.ts'
import { useNodeProblems } from '../../shell/problem-store.ts'
import { useDescriptor } from '../../view/catalog-store.ts'
import { useView } from '../../view/view-store.ts'
import { linkCounts, summaryId } from './node-summary.ts'

/** Title, state, problems and links of a node, as one line. */
export function useNodeSummary(id: string): string {
  const t = useText()
  const language = useView((state) => state.language)
  const type = useDocument((state) => state.workflow.nodes[id]?.type ?? '')
  const title = useDocument((state) => state.workflow.nodes[id]?.title)
  const mode = useDocument((state) => state.workflow.nodes[id]?.mode)
  const links = useDocument((state) => linkCounts(state.workflow).get(id) ?? 0)
  const state = useRun((store) => store.run?.nodes[id]?.state)
  const problems = useNodeProblems(id).length
  const descriptor = useDescriptor(type)
  const name = title ?? (descriptor ? nodeText(descriptor, language).title : type)
  const parts = [
    name,
    mode ? t(`node.${mode}`) : '',
    state ? t(`state.${state}`) : '',
    problems === 1 ? t('access.problem') : problems > 1 ? t('access.problems', { n: problems }) : '',
    links === 1 ? t('access.link') : t('access.links', { n: links }),
  ]
  return parts.filter(Boolean).join(t('access.comma'))
}

/** What a screen reader says of a node that gets the focus. */
export function NodeSummary({ id }: { id: string }) {
  return (
    <span id={summaryId(id)} hidden>
      {useNodeSummary(id)}
    </span>
  )
}
