import type { Workflow } from '@beatloom/core'
import { linksOf } from '../document/edits.ts'
import type { Descriptors } from '../document/link-rules.ts'

export interface SourceSong {
  node: string
  reference: string
  /** The stretch of the file that is used, seconds; without a length, to its end. */
  start: number
  duration: number | null
}

/** The song that reaches a node: the nearest one upstream that opens a sound file. */
export function sourceSong(workflow: Workflow, descriptors: Descriptors, node: string): SourceSong | null {
  const seen = new Set([node])
  const queue = [node]
  for (let id = queue.shift(); id !== undefined; id = queue.shift()) {
    const here = workflow.nodes[id]
    if (!here) continue
    const file = descriptors.get(here.type)?.params.find((param) => param.accept === 'audio')
    // A start that comes along a link is not known here.
    if (file && !here.links.startSeconds) {
      const reference = String(here.params[file.name] ?? file.default ?? '')
      const duration = here.params.durationSeconds
      return reference === ''
        ? null
        : {
            node: id,
            reference,
            start: Number(here.params.startSeconds ?? 0),
            // Nothing is all of it, as the nodes that open songs say.
            duration: typeof duration === 'number' && duration > 0 ? duration : null,
          }
    }
    for (const link of Object.values(here.links).flatMap(linksOf)) {
      if (seen.has(link.node)) continue
      seen.add(link.node)
      queue.push(link.node)
    }
  }
  return null
}
