import type { Display, Workflow } from '@beatloom/core'
import { useMemo } from 'react'
import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import type { PublicFile } from '../api/types.ts'
import { documentStore, useDocument } from '../document/document-store.ts'
import { linksOf } from '../document/edits.ts'
import type { Descriptors } from '../document/link-rules.ts'
import { textNow } from '../i18n/index.ts'
import { useRun } from '../run/run-store.ts'
import { sideRun } from '../run/side-run.ts'
import { catalogStore } from '../view/catalog-store.ts'

/** The mask that a painted one starts from: not linked, not seen yet, being made, none to be had, or where it lies. */
export type StartMask = { state: 'unlinked' | 'unknown' | 'looking' | 'failed' } | { state: 'known'; src: string }

/** What the start masks that were asked for here look like, by everything they are made of. */
const seen = createStore<Record<string, StartMask>>(() => ({}))

/**
 * All that the mask linked to a node is made of, as text that changes whenever the mask may; null without such a link.
 */
export function startMaskKey(workflow: Workflow, descriptors: Descriptors, node: string): string | null {
  const inputs = descriptors.get(workflow.nodes[node]?.type ?? '')?.inputs ?? []
  const links = inputs
    .filter(({ type }) => type === 'MASK')
    .flatMap(({ name }) => linksOf(workflow.nodes[node]?.links[name]))
  if (links.length === 0) return null
  const parts = new Map<string, unknown>()
  const waiting = links.map((link) => link.node)
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    const each = workflow.nodes[id]
    if (parts.has(id) || !each) continue
    parts.set(id, [each.type, each.params, each.links])
    waiting.push(...Object.values(each.links).flatMap((ends) => linksOf(ends).map((link) => link.node)))
  }
  return JSON.stringify([links, [...parts].sort(([a], [b]) => (a < b ? -1 : 1))])
}

/** Known after a run of this very graph, or once somebody asked to see it. */
export function useStartMask(node: string): StartMask {
  const key = useDocument(({ workflow }) => startMaskKey(workflow, catalogStore.getState().descriptors, node))
  const ran = useRun((state) => state.workflow)
  const shown = useRun((state) => state.displays[node])
  const asked = useStore(seen, (state) => (key === null ? undefined : state[key]))
  return useMemo(() => {
    if (key === null) return { state: 'unlinked' }
    const isSame = ran && startMaskKey(ran, catalogStore.getState().descriptors, node) === key
    const found = isSame ? startIn(shown ?? []) : null
    return found ?? asked ?? { state: 'unknown' }
  }, [key, ran, shown, asked, node])
}

/** Runs what the mask needs and no more; the run that makes the video finds it done. */
export async function findStartMask(node: string): Promise<void> {
  const { workflow } = documentStore.getState()
  const key = startMaskKey(workflow, catalogStore.getState().descriptors, node)
  if (key === null || seen.getState()[key]?.state === 'looking') return
  seen.setState({ [key]: { state: 'looking' } })
  try {
    const events = await sideRun({ workflow, nodes: [node], title: textNow()('mask.startRun') })
    const items = events.flatMap((event) => (event.type === 'node.display' && event.node === node ? event.items : []))
    seen.setState({ [key]: startIn(items) ?? { state: 'failed' } })
  } catch {
    seen.setState({ [key]: { state: 'failed' } })
  }
}

function startIn(items: readonly Display[]): StartMask | null {
  const start = items.flatMap((item) => (item.kind === 'image' && item.start ? [item.start] : []))[0]
  return start ? { state: 'known', src: (start as unknown as PublicFile).url } : null
}
