import type { ErrorReport } from '@beatloom/core'
import { documentStore } from '../../document/document-store.ts'
import { setParam } from '../../document/edits.ts'
import { textNow } from '../../i18n/index.ts'
import { nodeText } from '../../i18n/node-text.ts'
import { retryDocument } from '../../shell/session.ts'
import { catalogStore } from '../../view/catalog-store.ts'
import { viewStore } from '../../view/view-store.ts'
import { chooseFile, otherModels } from './field-fixes.ts'
import { fieldOfError } from './field-of-error.ts'
import { type Fix, MOST_FIXES } from './fix.ts'
import { smallerSize } from './smaller-size.ts'

/** Failures that may come of too much at once, and of which less is the cure. */
const TOO_MUCH = new Set(['disk_full', 'worker_crashed', 'media_too_large', 'provider_failed', 'internal'])

/** What could mend a node that failed in a run. The last way is always to try again from here. */
export function fixesForError(error: ErrorReport, node: string): Fix[] {
  const t = textNow()
  const { workflow } = documentStore.getState()
  const descriptor = catalogStore.getState().descriptors.get(workflow.nodes[node]?.type ?? '')
  const fixes: Fix[] = []
  const field = fieldOfError(error, descriptor)
  const param = descriptor?.params.find((one) => one.name === field)
  if (field && param?.widget === 'file') fixes.push(chooseFile(node, field))
  if (field && param?.widget === 'model') fixes.push(...otherModels(node, field, validOf(error)))
  if (TOO_MUCH.has(error.code)) fixes.push(...lowerSize(node))
  if (fixes.length < MOST_FIXES) fixes.push({ label: t('fix.retry'), apply: () => void retryDocument() })
  return fixes.slice(0, MOST_FIXES)
}

const validOf = (error: ErrorReport): string[] =>
  Array.isArray(error.details?.valid) ? error.details.valid.map(String) : []

export function lowerSize(node: string): Fix[] {
  const { workflow, edit } = documentStore.getState()
  const { descriptors } = catalogStore.getState()
  const smaller = smallerSize(workflow, descriptors, node)
  const descriptor = smaller && descriptors.get(workflow.nodes[smaller.node]?.type ?? '')
  const param = descriptor?.params.find((one) => one.name === smaller?.param)
  if (!smaller || !descriptor || !param) return []
  const words = nodeText(descriptor, viewStore.getState().language)
  const value = typeof smaller.value === 'string' ? words.choice(param, smaller.value) : String(smaller.value)
  const label = textNow()('fix.lower', { name: words.param(param), value })
  return [{ label, apply: () => edit(setParam(smaller.node, smaller.param, smaller.value)) }]
}
