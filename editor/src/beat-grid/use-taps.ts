import { useEffect, useRef, useState } from 'react'
import type { SongStage } from '../previews/use-song-stage.ts'

export interface Taps {
  times: readonly number[]
  tap(): void
  /** Gives up what was tapped. */
  drop(): void
  keep(): void
}

/** Nothing follows a pause this long. */
const REST_MS = 4000

/**
 * Beats tapped along with the song. The first tap starts it where it stands still; when it ends, pauses, or nobody taps
 * for a while, what was tapped is kept.
 */
export function useTaps(stage: SongStage, onKeep: (times: number[]) => void): Taps {
  const [times, setTimes] = useState<readonly number[]>([])
  const wasOn = useRef(false)
  const { on } = stage.player

  function keep(): void {
    setTimes([])
    if (times.length >= 2) onKeep([...times])
  }
  const latest = useRef(keep)
  latest.current = keep

  useEffect(() => {
    if (wasOn.current && !on) latest.current()
    wasOn.current = on
  }, [on])
  useEffect(() => {
    if (times.length === 0) return
    const timer = setTimeout(() => latest.current(), REST_MS)
    return () => clearTimeout(timer)
  }, [times])

  return {
    times,
    tap() {
      if (!on) {
        stage.player.toggle()
        return
      }
      const at = Math.round((stage.player.now() ?? stage.headTime()) * 1e4) / 1e4
      setTimes((before) => (at > (before.at(-1) ?? -1) + 0.05 ? [...before, at] : before))
    },
    drop: () => setTimes([]),
    keep,
  }
}

/** Of the middle one of the gaps between taps, which a missed tap does not move. */
export function tappedBpm(times: readonly number[]): number | null {
  const gaps = times.slice(1).map((time, i) => time - (times[i] as number))
  const middle = gaps.toSorted((a, b) => a - b)[Math.floor(gaps.length / 2)]
  return middle ? 60 / middle : null
}
