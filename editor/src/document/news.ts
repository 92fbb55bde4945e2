import type { Workflow } from '@beatloom/core'
import { allLinks, linkKey } from './edits.ts'

/** What an edit did, for those who do not see it. */
export type News =
  | { kind: 'added' | 'removed'; nodes: string[] }
  | { kind: 'linked' | 'unlinked'; count: number }
  | { kind: 'mute' | 'bypass' | 'active'; nodes: string[] }

/** Nodes and links that came or went, and nodes that changed their mode. Values are spoken by their own fields. */
export function newsOf(before: Workflow, now: Workflow): News[] {
  if (before.nodes === now.nodes) return []
  const news: News[] = []
  const added = Object.keys(now.nodes).filter((id) => !(id in before.nodes))
  const removed = Object.keys(before.nodes).filter((id) => !(id in now.nodes))
  if (added.length > 0) news.push({ kind: 'added', nodes: added })
  if (removed.length > 0) news.push({ kind: 'removed', nodes: removed })
  const [old, fresh] = [keysOf(before), keysOf(now)]
  const linked = [...fresh].filter((key) => !old.has(key)).length
  const unlinked = [...old].filter((key) => !fresh.has(key)).length
  if (linked > 0) news.push({ kind: 'linked', count: linked })
  // Links of removed nodes go with them and need no words of their own.
  if (unlinked > 0 && removed.length === 0) news.push({ kind: 'unlinked', count: unlinked })
  for (const mode of ['mute', 'bypass', 'active'] as const) {
    const nodes = Object.keys(now.nodes).filter((id) => {
      const was = before.nodes[id]
      return was !== undefined && modeOf(was) !== modeOf(now.nodes[id]!) && modeOf(now.nodes[id]!) === mode
    })
    if (nodes.length > 0) news.push({ kind: mode, nodes })
  }
  return news
}

const modeOf = (node: Workflow['nodes'][string]): 'mute' | 'bypass' | 'active' => node.mode ?? 'active'
const keysOf = (workflow: Workflow): Set<string> => new Set(allLinks(workflow).map(linkKey))
