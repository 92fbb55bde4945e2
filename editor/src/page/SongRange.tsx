import { Slider } from 'radix-ui'
import { useRef } from 'react'
import type { MediaStep } from '../document/declared-fields.ts'
import { clockTime } from '../i18n/format.ts'
import { useText } from '../i18n/index.ts'
import { type Tick, Waveform } from '../previews/Waveform.tsx'
import { numberRules, tidy } from '../widgets/widget.ts'
import { moveRange } from './song-range.ts'
import { useField } from './use-field.ts'

interface SongRangeProps {
  step: MediaStep
  peaks: readonly number[]
  seconds: number
  ticks: readonly Tick[]
}

/** The whole song with the used stretch in the light: the left grip moves it, the right one changes its length. */
export function SongRange({ step, peaks, seconds, ticks }: SongRangeProps) {
  if (!step.range || seconds === 0)
    return <Waveform peaks={peaks} heightPx={72} durationSeconds={seconds} ticks={ticks} />
  return <RangedWaveform range={step.range} peaks={peaks} seconds={seconds} ticks={ticks} />
}

interface RangedProps extends Omit<SongRangeProps, 'step'> {
  range: NonNullable<MediaStep['range']>
}

function RangedWaveform({ range, peaks, seconds, ticks }: RangedProps) {
  const t = useText()
  const start = useField(range.start)
  const duration = useField(range.duration)
  const rules = numberRules(range.duration.param)
  const from = Math.min(Number(range.start.value ?? 0), seconds)
  // 0 is all that follows.
  const wanted = Number(range.duration.value ?? 0) || Math.max(0, seconds - from)
  const used = Math.min(wanted, Math.max(0, seconds - from))
  const to = from + used
  const share = (time: number) => `${(time / seconds) * 100}%`

  function apply(next: { start: number; duration: number }): void {
    if (next.start !== from) start.change(tidy(next.start))
    if (next.duration !== wanted && next.duration !== used) duration.change(tidy(next.duration))
  }

  return (
    <div className="song-range">
      <div className="song-wave">
        <Waveform peaks={peaks} heightPx={72} durationSeconds={seconds} ticks={ticks} bars={220} />
        <div className="song-shade" style={{ left: 0, width: share(from) }} />
        <div className="song-shade" style={{ left: share(to), right: 0 }} />
        <RangeWindow
          from={from}
          to={to}
          seconds={seconds}
          onMove={(time) => apply({ start: time, duration: used })}
          onDone={start.seal}
        />
        <Slider.Root
          className="song-slider"
          min={0}
          max={seconds}
          step={0.1}
          value={[from, to]}
          minStepsBetweenThumbs={1}
          onValueChange={([a = 0, b = 0]) => apply(moveRange({ from, to }, { from: a, to: b }, seconds, rules))}
          onValueCommit={start.seal}
        >
          <Slider.Track className="song-track" />
          <Slider.Thumb className="song-thumb" aria-label={start.label} aria-valuetext={clockTime(from, 1)} />
          <Slider.Thumb className="song-thumb" aria-label={duration.label} aria-valuetext={clockTime(used, 1)} />
        </Slider.Root>
      </div>
      <p className="song-span">
        <span>
          {clockTime(from, 1)} – {clockTime(to, 1)}
        </span>
        <strong>{t('page.seconds', { n: tidy(Math.round(used * 10) / 10) })}</strong>
        {Number.isFinite(rules.max) && (
          <span className="song-limits">{t('page.lengthLimits', { min: rules.min, max: rules.max })}</span>
        )}
        {wanted > used + 0.05 && <em>{t('page.songShorter', { wanted, used: tidy(Math.round(used * 10) / 10) })}</em>}
      </p>
    </div>
  )
}

interface RangeWindowProps {
  from: number
  to: number
  seconds: number
  onMove(start: number): void
  onDone(): void
}

/** The lit stretch itself can be dragged; the grips do the same by keyboard. */
function RangeWindow({ from, to, seconds, onMove, onDone }: RangeWindowProps) {
  const grip = useRef<{ x: number; from: number; width: number } | null>(null)
  return (
    <div
      className="song-window"
      style={{ left: `${(from / seconds) * 100}%`, width: `${((to - from) / seconds) * 100}%` }}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId)
        grip.current = { x: event.clientX, from, width: event.currentTarget.parentElement!.clientWidth }
      }}
      onPointerMove={(event) => {
        if (!grip.current) return
        const moved = ((event.clientX - grip.current.x) / grip.current.width) * seconds
        onMove(Math.min(seconds - (to - from), Math.max(0, Math.round((grip.current.from + moved) * 10) / 10)))
      }}
      onPointerUp={() => {
        grip.current = null
        onDone()
      }}
    />
  )
}
