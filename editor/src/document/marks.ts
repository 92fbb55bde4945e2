import type { NodeMark, Workflow } from '@beatloom/core'
import type { Draft } from 'immer'
import type { Recipe } from './document-store.ts'

export type Mark = 'collapsed' | 'pinned' | 'locked'

/** Marks nodes; asking again for a mark that they all have takes it off. */
export function toggleMark(ids: readonly string[], mark: Mark): Recipe {
  return (draft) => {
    const present = ids.filter((id) => id in draft.nodes)
    const clear = present.every((id) => draft.layout.marks?.[id]?.[mark])
    for (const id of present) changeMark(draft, id, { [mark]: clear ? undefined : true })
  }
}

/** A person's own name for a port; an empty one brings the default back. */
export function labelPort(node: string, side: 'input' | 'output', port: string, label: string): Recipe {
  return (draft) => {
    if (!(node in draft.nodes)) return
    const labels = { ...draft.layout.marks?.[node]?.labels }
    const key = `${side}.${port}`
    if (label.trim() === '') delete labels[key]
    else labels[key] = label.trim()
    changeMark(draft, node, { labels: Object.keys(labels).length > 0 ? labels : undefined })
  }
}

/** Leaves nothing behind where nothing is marked, so that marking and unmarking saves as before. */
function changeMark(draft: Draft<Workflow>, node: string, change: Partial<NodeMark>): void {
  const mark: Record<string, unknown> = { ...draft.layout.marks?.[node], ...change }
  for (const key of Object.keys(mark)) if (mark[key] === undefined) delete mark[key]
  const marks: Record<string, NodeMark> = { ...draft.layout.marks, [node]: mark }
  if (Object.keys(mark).length === 0) delete marks[node]
  if (Object.keys(marks).length > 0) draft.layout.marks = marks
  else delete draft.layout.marks
}
