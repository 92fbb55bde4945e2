import type { Issue } from '@beatloom/core'
import { documentStore } from '../../document/document-store.ts'
import { linksOf, removeLink, resetParam } from '../../document/edits.ts'
import { checkLink } from '../../document/link-rules.ts'
import { textNow } from '../../i18n/index.ts'
import { nodeText } from '../../i18n/node-text.ts'
import { quoteStore } from '../../run/quote-store.ts'
import { catalogStore } from '../../view/catalog-store.ts'
import { viewStore } from '../../view/view-store.ts'
import { applyFix, fixesFor } from '../links/link-fixes.ts'
import { addMissingModel, chooseFile, otherModels } from './field-fixes.ts'
import { type Fix, MOST_FIXES } from './fix.ts'
import { pullFrom } from './pull-from.ts'

/** What could mend a problem found before a run. */
export function fixesForIssue(issue: Issue): Fix[] {
  const { node, param, port } = issue
  if (node === undefined) return []
  return waysOut(issue, node, param, port).slice(0, MOST_FIXES)
}

function waysOut(issue: Issue, node: string, param: string | undefined, port: string | undefined): Fix[] {
  switch (issue.code) {
    case 'type_mismatch':
    case 'clock_mismatch':
      return port === undefined ? [] : [...converters(node, port), removeLinks(node, port)]
    case 'link_node_missing':
    case 'link_port_missing':
    case 'too_many_links':
    case 'unknown_input':
    case 'cycle':
      return port === undefined ? [] : [removeLinks(node, port)]
    case 'input_missing':
      return port === undefined ? [] : [pullFrom(node, port)]
    case 'param_invalid':
    case 'unknown_param':
      return param === undefined ? [] : [reset(node, param)]
    case 'file_missing':
    case 'file_refused':
      return param === undefined ? [] : [chooseFile(node, param)]
    case 'model_missing':
      return [...addMissingModel(issue), ...(param === undefined ? [] : otherModels(node, param, issue.valid ?? []))]
    case 'input_target_missing':
    case 'output_target_missing':
    case 'input_value_invalid':
    case 'unknown_input_name':
    case 'unknown_output_name':
    case 'unknown_node_type':
    case 'newer_node_version':
    case 'no_outputs':
      return []
    default:
      // A newer server may find more; what is not known here is shown without a button.
      return []
  }
}

const reset = (node: string, param: string): Fix => ({
  label: textNow()('fix.reset'),
  apply: () => documentStore.getState().edit(resetParam(node, param)),
})

const linksAt = (node: string, port: string) =>
  linksOf(documentStore.getState().workflow.nodes[node]?.links[port]).map((from) => ({ from, to: { node, port } }))

const removeLinks = (node: string, port: string): Fix => ({
  label: textNow()('fix.removeLink'),
  apply() {
    const { edit, gesture } = documentStore.getState()
    gesture(() => {
      for (const ends of linksAt(node, port)) edit(removeLink(ends))
    })
  },
})

/** The same nodes that are offered where such a link is refused while it is drawn. */
function converters(node: string, port: string): Fix[] {
  const { workflow } = documentStore.getState()
  const { descriptors } = catalogStore.getState()
  const { facts } = quoteStore.getState()
  return linksAt(node, port).flatMap(({ from, to }) => {
    const a = { ...from, side: 'output' as const }
    const b = { ...to, side: 'input' as const }
    const check = checkLink(workflow, descriptors, a, b, ({ node, port }) => facts[node]?.[port])
    if (check.ok) return []
    const bubble = { screen: { x: 0, y: 0 }, refusal: check.refusal, a, b, moving: [{ from, to }] }
    return fixesFor(check.refusal).flatMap((fix): Fix[] => {
      const descriptor = fix.kind === 'insert' ? descriptors.get(fix.type) : undefined
      if (!descriptor) return []
      const { title } = nodeText(descriptor, viewStore.getState().language)
      return [{ label: textNow()('refusal.insert', { node: title }), apply: () => applyFix(fix, bubble) }]
    })
  })
}
