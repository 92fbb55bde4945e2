import { memo, useMemo } from 'react'
import { barsInWindow, type SongWindow } from './song-window.ts'
import type { Tick } from './Waveform.tsx'
import { waveformPath } from './waveform-path.ts'

export interface Section {
  start: number
  end: number
  label: string
}

interface SongPlotProps {
  peaks: readonly number[]
  /** Length of the sound that the peaks cover, and where in it the shown stretch begins. */
  peakSeconds: number
  peakStart: number
  view: SongWindow
  ticks: readonly Tick[]
  sections: readonly Section[]
  /** How many bars the loudness is drawn with. */
  bars?: number
}

const BARS = 180
const SECTION_TONES = 4

/** What a song looks like in the window: bars for loudness, ticks for beats, tall ones for bars, bands for sections. */
export const SongPlot = memo(function SongPlot(props: SongPlotProps) {
  const { peaks, peakSeconds, peakStart, view, ticks, sections, bars = BARS } = props
  const path = useMemo(
    () => waveformPath(barsInWindow(peaks, peakSeconds, view, bars, peakStart)),
    [peaks, peakSeconds, view, peakStart, bars],
  )
  const share = (time: number) => ((time - view.from) / view.span) * 100
  const shown = ticks.filter((tick) => tick.time >= view.from && tick.time <= view.from + view.span)
  const lines = (strong: boolean) =>
    shown
      .filter((tick) => tick.strong === strong)
      .map((tick) => `M${share(tick.time).toFixed(3)} ${strong ? 0 : 62}V100`)
      .join('')
  return (
    <>
      {sections.map(({ start, end, label }, index) => (
        <span
          key={start}
          className="song-section"
          data-tone={(label.charCodeAt(0) - 65) % SECTION_TONES}
          data-odd={index % 2 === 1}
          style={{ left: `${share(start)}%`, width: `${((end - start) / view.span) * 100}%` }}
        >
          {label}
        </span>
      ))}
      <svg viewBox={`0 0 ${bars} 100`} preserveAspectRatio="none" aria-hidden="true">
        <path d={path} className="waveform-bars" />
      </svg>
      {shown.length > 0 && (
        <svg viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">
          <path d={lines(false)} className="beat-ticks" />
          <path d={lines(true)} className="beat-ticks" data-strong />
        </svg>
      )}
    </>
  )
})
