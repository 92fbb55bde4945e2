import type { Display } from '@beatloom/core'

type VideoDisplay = Extract<Display, { kind: 'video' }>

/**
 * What of a song can be watched before all of its shots are made: the small video of the whole plan, with those that
 * are finished in their places where that is there already.
 */
export function roughCutOf(displays: Readonly<Record<string, readonly Display[]>>): VideoDisplay | null {
  const nodes = Object.values(displays)
  if (!nodes.some((items) => items.some((item) => item.kind === 'shots'))) return null
  const videoOf = (items: readonly Display[] | undefined): VideoDisplay | undefined =>
    items?.findLast((item) => item.kind === 'video')
  const filled = nodes.find((items) => items.some((item) => item.kind === 'shot-clips') && videoOf(items))
  return videoOf(filled ?? nodes.find((items) => videoOf(items))) ?? null
}
