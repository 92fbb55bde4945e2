import { useRef } from 'react'
import { useText } from '../i18n/index.ts'
import { addPoint, drawnPath, gapBeside, movePoint, readPoints, removePoint } from './curve-edit.ts'
import { clamp, type WidgetProps } from './widget.ts'

const SIZE = 200
const MOVES: Record<string, [number, number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
}

/**
 * A curve on the unit square. Click the ground for a point, drag it, Delete removes it; by key, arrows move a point
 * (Shift ×10, Alt ÷10) and Enter adds one beside it.
 */
export function CurveWidget({ id, value, label, onChange, onDone, disabled }: WidgetProps) {
  const t = useText()
  const box = useRef<HTMLDivElement>(null)
  const dragged = useRef<number | null>(null)
  const points = readPoints(value)

  function placeOf(event: React.PointerEvent): [number, number] {
    const { left, top, width, height } = box.current!.getBoundingClientRect()
    const unit = { min: 0, max: 1 }
    return [clamp((event.clientX - left) / width, unit), clamp(1 - (event.clientY - top) / height, unit)]
  }
  function focusPoint(index: number): void {
    requestAnimationFrame(() => box.current?.querySelectorAll('button')[index]?.focus())
  }
  function onDown(event: React.PointerEvent): void {
    if (disabled || event.button !== 0) return
    const point = (event.target as HTMLElement).closest<HTMLElement>('[data-point]')
    box.current?.setPointerCapture(event.pointerId)
    if (point) {
      dragged.current = Number(point.dataset.point)
      point.focus()
      return
    }
    const added = addPoint(points, ...placeOf(event))
    dragged.current = added.at
    onChange(added.points)
    focusPoint(added.at)
  }
  function onMove(event: React.PointerEvent): void {
    if (dragged.current !== null) onChange(movePoint(points, dragged.current, placeOf(event)))
  }
  function onUp(): void {
    if (dragged.current === null) return
    dragged.current = null
    onDone()
  }
  function onKeyDown(event: React.KeyboardEvent, index: number): void {
    const [x, y] = points[index]!
    const move = MOVES[event.key]
    if (move) {
      const step = 0.01 * (event.shiftKey ? 10 : event.altKey ? 0.1 : 1)
      onChange(movePoint(points, index, [x + move[0] * step, y + move[1] * step]))
    } else if (event.key === 'Delete' || event.key === 'Backspace') {
      onChange(removePoint(points, index))
      focusPoint(Math.max(0, index - 1))
      onDone()
    } else if (event.key === 'Enter') {
      const added = addPoint(points, gapBeside(points, index))
      onChange(added.points)
      focusPoint(added.at)
      onDone()
    } else return
    event.preventDefault()
    event.stopPropagation()
  }

  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would bring a frame and a legend of its own.
    <div className="curve-widget nodrag" role="group" aria-label={label} id={id}>
      <div
        ref={box}
        className="curve-box"
        data-disabled={disabled}
        onPointerDown={onDown}
        onPointerMove={onMove}
        onPointerUp={onUp}
        onPointerCancel={onUp}
      >
        <svg viewBox={`0 0 ${SIZE} ${SIZE}`} preserveAspectRatio="none" aria-hidden="true">
          <path className="curve-grid" d="M50 0V200M100 0V200M150 0V200M0 50H200M0 100H200M0 150H200" />
          <path className="curve-line" d={drawnPath(points, SIZE)} />
        </svg>
        {points.map(([x, y], index) => (
          <button
            // biome-ignore lint/suspicious/noArrayIndexKey: a point is its place among the others.
            key={index}
            type="button"
            className="curve-point"
            data-point={index}
            style={{ left: `${x * 100}%`, top: `${(1 - y) * 100}%` }}
            aria-label={t('curve.point', { n: index + 1, count: points.length, x, y })}
            onKeyDown={(event) => onKeyDown(event, index)}
          />
        ))}
      </div>
      <span className="field-hint">{t('curve.hint')}</span>
    </div>
  )
}
