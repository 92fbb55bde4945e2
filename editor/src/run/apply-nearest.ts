import type { Refusal } from '../api/types.ts'
import { documentStore } from '../document/document-store.ts'
import { setParam } from '../document/edits.ts'
import type { Translate } from '../i18n/index.ts'
import { nodeText } from '../i18n/node-text.ts'
import { catalogStore } from '../view/catalog-store.ts'
import { viewStore } from '../view/view-store.ts'

/** What the button says that makes a refused job possible: `Set Resolution to 720p`; null where no setting would. */
export function nearestLabel({ node, param, nearest }: Refusal, t: Translate): string | null {
  if (node === undefined || param === undefined || nearest === undefined || nearest === null) return null
  const type = documentStore.getState().workflow.nodes[node]?.type ?? ''
  const descriptor = catalogStore.getState().descriptors.get(type)
  const field = descriptor?.params.find((one) => one.name === param)
  if (!descriptor || !field) return null
  const words = nodeText(descriptor, viewStore.getState().language)
  const value = typeof nearest === 'string' ? words.choice(field, nearest) : String(nearest)
  return t('quote.apply', { name: words.param(field), value: field.unit ? `${value} ${field.unit}` : value })
}

export function applyNearest({ node, param, nearest }: Refusal): void {
  if (node !== undefined && param !== undefined) documentStore.getState().edit(setParam(node, param, nearest))
}
