import { memo, useMemo } from 'react'
import { thinPeaks, waveformPath } from './waveform-path.ts'

export interface Tick {
  /** Seconds from the start of what the waveform shows. */
  time: number
  /** Downbeats are tall. */
  strong: boolean
}

interface WaveformProps {
  peaks: readonly number[]
  heightPx: number
  /** Seconds shown; needed for ticks. */
  durationSeconds?: number
  ticks?: readonly Tick[]
  bars?: number
}

/** A sound at a glance: bars for loudness, ticks for beats. */
export const Waveform = memo(function Waveform({
  peaks,
  heightPx,
  durationSeconds = 0,
  ticks = [],
  bars = 160,
}: WaveformProps) {
  const thin = useMemo(() => thinPeaks(peaks, bars), [peaks, bars])
  const path = useMemo(() => waveformPath(thin), [thin])
  return (
    <div className="waveform" style={{ height: heightPx }} aria-hidden="true">
      <svg aria-hidden="true" viewBox={`0 0 ${Math.max(1, thin.length)} 100`} preserveAspectRatio="none">
        <path d={path} className="waveform-bars" />
      </svg>
      {durationSeconds > 0 && ticks.length > 0 && (
        <svg aria-hidden="true" viewBox={`0 0 ${durationSeconds} 100`} preserveAspectRatio="none">
          <path d={tickPath(ticks, false)} className="beat-ticks" />
          <path d={tickPath(ticks, true)} className="beat-ticks" data-strong />
        </svg>
      )}
    </div>
  )
})

const tickPath = (ticks: readonly Tick[], strong: boolean): string =>
  ticks
    .filter((tick) => tick.strong === strong)
    .map((tick) => `M${tick.time.toFixed(3)} ${strong ? 0 : 62}V100`)
    .join('')

const SAME_MOMENT_SECONDS = 0.02

/** Beats as ticks; those that are downbeats too are strong. */
export function beatTicks(beats: readonly number[], downbeats: readonly number[], offsetSeconds = 0): Tick[] {
  return beats.map((time) => ({
    time: time + offsetSeconds,
    strong: downbeats.some((down) => Math.abs(down - time) < SAME_MOMENT_SECONDS),
  }))
}
