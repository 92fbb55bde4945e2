import type { NodeDescriptor } from '@beatloom/core'

/** Width of a node's card, px; the style sheet's `.node` says the same. */
export const NODE_WIDTH_PX = 280
const REROUTE_WIDTH_PX = 40
const REROUTE_HEIGHT_PX = 26
const HEAD_PX = 42
const PORT_PX = 26
const PORTS_EDGE_PX = 13
const PARAM_PX = 58
const PARAMS_EDGE_PX = 12
const TALL_PX = 84

/** The size a node will have, near enough for arranging and drawing it before it was measured, px. */
export function estimatedSize(descriptor: NodeDescriptor | undefined): { width: number; height: number } {
  if (!descriptor) return { width: NODE_WIDTH_PX, height: HEAD_PX + PORT_PX }
  if (descriptor.transparent) return { width: REROUTE_WIDTH_PX, height: REROUTE_HEIGHT_PX }
  const ports = Math.max(descriptor.inputs.length, descriptor.outputs.length)
  const params = descriptor.params.filter((param) => !param.advanced)
  const tall = params.filter((param) => param.widget === 'multiline' || param.widget === 'file').length
  const height =
    HEAD_PX +
    (ports > 0 ? ports * PORT_PX + PORTS_EDGE_PX : 0) +
    (params.length > 0 ? params.length * PARAM_PX + PARAMS_EDGE_PX : 0) +
    tall * TALL_PX
  return { width: NODE_WIDTH_PX, height }
}

/** How far below a node's top its ports begin, and how far apart they are, px. */
export const portOffsetPx = (index: number): number => HEAD_PX + 5 + PORT_PX * (index + 0.5)
