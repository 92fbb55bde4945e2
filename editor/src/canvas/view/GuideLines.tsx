import { ViewportPortal } from '@xyflow/react'
import { useStore } from 'zustand'
import { guideStore } from './align-guides.ts'

/** How far a line runs beyond what it joins, px. */
const OVER_PX = 12

/** The lines that nodes in line with each other share, while one is dragged. */
export function GuideLines() {
  const { x, y } = useStore(guideStore)
  if (!x && !y) return null
  return (
    <ViewportPortal>
      <svg className="guides" aria-hidden="true">
        {x && <line className="guide" data-axis="x" x1={x.at} x2={x.at} y1={x.from - OVER_PX} y2={x.to + OVER_PX} />}
        {y && <line className="guide" data-axis="y" x1={y.from - OVER_PX} x2={y.to + OVER_PX} y1={y.at} y2={y.at} />}
      </svg>
    </ViewportPortal>
  )
}
