import { isCancellation, NodeFailedError } from './errors.ts'
import type { RunEventBody } from './events.ts'
import type { NodeState } from './node-state.ts'
import type { Frames } from './values.ts'

/**
 * A frame stream whose time, progress, end and failure are billed to the node that makes it, whoever reads it.
 * @param emit receives the maker's progress, what it shows while it makes frames and, after the last frame, its
 * `node.finished`.
 */
export function meteredFrames(state: NodeState, source: Frames, emit: (event: RunEventBody) => void): Frames {
  const { node } = state
  return {
    ...source,
    async *frames(signal) {
      const iterator = source.frames(signal)[Symbol.asyncIterator]()
      let index = 0
      let shown = state.display.length
      try {
        for (;;) {
          const before = performance.now()
          const step = await iterator.next()
          state.streamMs += performance.now() - before
          if (state.display.length > shown) {
            shown = state.display.length
            emit({ type: 'node.display', node: node.id, items: [...state.display] })
          }
          if (step.done) break
          const event = state.gate.progress(node, ++index, source.frameCount)
          if (event) emit(event)
          yield step.value
        }
        if (!state.streaming) return
        state.streaming = false
        emit({ type: 'node.finished', node: node.id, seconds: state.streamMs / 1000 })
      } catch (error) {
        if (isCancellation(error) || error instanceof NodeFailedError) throw error
        throw new NodeFailedError(node.id, node.definition.title, error, node.origin)
      } finally {
        await iterator.return?.()
      }
    },
  }
}
