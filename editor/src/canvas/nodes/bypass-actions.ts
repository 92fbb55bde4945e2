import { documentStore } from '../../document/document-store.ts'
import { toggleMode } from '../../document/edits.ts'
import { type BypassRefusal, whyNoBypass } from '../../document/pass-through.ts'
import { textNow } from '../../i18n/index.ts'
import { nodeText } from '../../i18n/node-text.ts'
import { catalogStore } from '../../view/catalog-store.ts'
import { toast, viewStore } from '../../view/view-store.ts'
import { selectedIds } from '../canvas-store.ts'

/** Bypasses what is selected along the pairs that node types declare; what has no such pair is refused with the reason. */
export function bypassSelection(): void {
  const { workflow, edit } = documentStore.getState()
  const { descriptors } = catalogStore.getState()
  const ids = selectedIds()
  if (ids.length === 0) return
  const fresh = ids.filter((id) => workflow.nodes[id]?.mode !== 'bypass')
  for (const id of fresh) {
    const refusal = whyNoBypass(workflow, id, descriptors.get(workflow.nodes[id]?.type ?? ''))
    if (!refusal) continue
    toast(refusalText(id, refusal), 'error')
    return
  }
  edit(toggleMode(ids, 'bypass'))
}

function refusalText(id: string, refusal: BypassRefusal): string {
  const t = textNow()
  const { workflow } = documentStore.getState()
  const node = workflow.nodes[id]
  const descriptor = catalogStore.getState().descriptors.get(node?.type ?? '')
  const words = descriptor && nodeText(descriptor, viewStore.getState().language)
  const name = node?.title ?? words?.title ?? id
  if (refusal.reason === 'none') return t('bypass.none', { node: name })
  return t('bypass.output', { node: name, port: words?.port(refusal.output) ?? refusal.output.name })
}
