import { useId, useRef, useState } from 'react'
import { thumbnailUrl } from '../api/client.ts'
import { useText } from '../i18n/index.ts'
import { Chip } from '../ui/Chip.tsx'
import { beginStroke, goOn, readStrokes, type Stroke, strokePath } from './mask-strokes.ts'
import { useSourcePicture } from './use-source-picture.ts'
import { findStartMask, useStartMask } from './use-start-mask.ts'
import { clamp, type WidgetProps } from './widget.ts'

/** Of the drawing, whose height follows the picture's. */
const WIDTH = 1000
const BRUSHES = { min: 0.01, max: 0.25 }
const MOVES: Record<string, [number, number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
}

/**
 * Strokes of a brush over the node's picture and over the mask that it starts from, by mouse, pen or one finger; a
 * second finger takes back what the first began, and zooms a form. By key: arrows move the brush (Shift ×5), Space sets
 * it down, E changes between painting and erasing, + and − its size, Backspace takes the last stroke back.
 */
export function MaskWidget({ id, value, label, onChange, onDone, node, disabled }: WidgetProps) {
  const t = useText()
  const maskId = useId()
  const picture = useSourcePicture(node)
  const start = useStartMask(node)
  const box = useRef<HTMLDivElement>(null)
  const pointers = useRef(new Set<number>())
  const [ratio, setRatio] = useState(9 / 16)
  const [mode, setMode] = useState<'add' | 'erase'>('add')
  const [radius, setRadius] = useState(0.06)
  const [brush, setBrush] = useState<[number, number]>([0.5, 0.5])
  /** With the stroke that is being drawn; it is no edit before it is complete. */
  const [drawing, setDrawing] = useState<readonly Stroke[] | null>(null)
  const kept = readStrokes(value)
  const strokes = drawing ?? kept
  const height = WIDTH * ratio

  function placeOf(event: React.PointerEvent): [number, number] {
    const { left, top, width, height } = box.current!.getBoundingClientRect()
    return [(event.clientX - left) / width, (event.clientY - top) / height]
  }
  function onDown(event: React.PointerEvent): void {
    if (disabled || event.button !== 0) return
    // A finger that rests here paints; it asks for no menu.
    if (event.pointerType !== 'mouse') event.stopPropagation()
    pointers.current.add(event.pointerId)
    box.current?.setPointerCapture(event.pointerId)
    if (pointers.current.size > 1) {
      setDrawing(null)
      return
    }
    setBrush(placeOf(event))
    setDrawing(beginStroke(kept, { mode, radius }, placeOf(event)))
  }
  function onMove(event: React.PointerEvent): void {
    if (pointers.current.size > 1) return
    setBrush(placeOf(event))
    if (drawing) setDrawing(goOn(drawing, placeOf(event)))
  }
  function onUp(event: React.PointerEvent): void {
    pointers.current.delete(event.pointerId)
    if (!drawing) return
    setDrawing(null)
    if (event.type === 'pointerup') set(drawing)
  }
  function onContextMenu(event: React.MouseEvent): void {
    if (pointers.current.size === 0) return
    event.preventDefault()
    event.stopPropagation()
  }
  function set(next: unknown): void {
    onChange(next)
    onDone()
  }
  function resize(factor: number): void {
    setRadius(Math.round(clamp(radius * factor, BRUSHES) * 1000) / 1000)
  }
  function onKeyDown(event: React.KeyboardEvent): void {
    const move = MOVES[event.key]
    const step = event.shiftKey ? 0.1 : 0.02
    const unit = { min: 0, max: 1 }
    if (move) setBrush([clamp(brush[0] + move[0] * step, unit), clamp(brush[1] + (move[1] * step) / ratio, unit)])
    else if (disabled) return
    else if (event.key === ' ' || event.key === 'Enter') set(beginStroke(kept, { mode, radius }, brush))
    else if (event.key === 'e' || event.key === 'E') setMode(mode === 'add' ? 'erase' : 'add')
    else if (event.key === '+' || event.key === '=') resize(1.25)
    else if (event.key === '-') resize(0.8)
    else if (event.key === 'Backspace' || event.key === 'Delete') set(kept.slice(0, -1))
    else return
    event.preventDefault()
    event.stopPropagation()
  }

  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would bring a frame and a legend of its own.
    <div className="mask-widget nodrag" role="group" aria-label={label} id={id}>
      <div
        ref={box}
        className="mask-box nowheel"
        data-disabled={disabled}
        role="application"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it is drawn on by key too.
        tabIndex={0}
        aria-label={t('mask.ground', { count: strokes.length })}
        style={{ aspectRatio: `1 / ${ratio}` }}
        onPointerDown={onDown}
        onPointerMove={onMove}
        onPointerUp={onUp}
        onPointerCancel={onUp}
        onContextMenu={onContextMenu}
        onKeyDown={onKeyDown}
      >
        {picture && (
          <img
            src={thumbnailUrl(picture)}
            alt=""
            draggable={false}
            onLoad={({ currentTarget: { naturalWidth, naturalHeight } }) => setRatio(naturalHeight / naturalWidth)}
          />
        )}
        <svg viewBox={`0 0 ${WIDTH} ${height}`} aria-hidden="true">
          <mask id={maskId} maskUnits="userSpaceOnUse" x="0" y="0" width={WIDTH} height={height}>
            {start.state === 'known' && (
              <image href={start.src} width={WIDTH} height={height} preserveAspectRatio="none" />
            )}
            {strokes.map((stroke, index) => (
              <path
                // biome-ignore lint/suspicious/noArrayIndexKey: a stroke is its place among the others.
                key={index}
                className="mask-stroke"
                d={strokePath(stroke, WIDTH, height)}
                stroke={stroke.mode === 'add' ? 'white' : 'black'}
                strokeWidth={2 * stroke.radius * WIDTH}
              />
            ))}
          </mask>
          <rect className="mask-ink" width={WIDTH} height={height} mask={`url(#${maskId})`} />
          <circle
            className="mask-brush"
            data-mode={mode}
            cx={brush[0] * WIDTH}
            cy={brush[1] * height}
            r={radius * WIDTH}
          />
        </svg>
      </div>
      <div className="chips">
        {(['add', 'erase'] as const).map((each) => (
          <Chip key={each} aria-pressed={mode === each} disabled={disabled} onClick={() => setMode(each)}>
            {t(each === 'add' ? 'mask.add' : 'mask.erase')}
          </Chip>
        ))}
        <Chip label={t('mask.smaller')} disabled={disabled} onClick={() => resize(0.8)}>
          −
        </Chip>
        <Chip label={t('mask.larger')} disabled={disabled} onClick={() => resize(1.25)}>
          +
        </Chip>
        <Chip disabled={disabled || strokes.length === 0} onClick={() => set(kept.slice(0, -1))}>
          {t('mask.back')}
        </Chip>
        <Chip disabled={disabled || strokes.length === 0} onClick={() => set([])}>
          {t('mask.clear')}
        </Chip>
        {picture && (start.state === 'unknown' || start.state === 'looking') && (
          <Chip disabled={start.state === 'looking'} onClick={() => void findStartMask(node)}>
            {t(start.state === 'looking' ? 'mask.looking' : 'mask.start')}
          </Chip>
        )}
      </div>
      {start.state === 'failed' && <span className="field-hint">{t('mask.noStart')}</span>}
      <span className="field-hint mask-hint">{t(picture ? 'mask.hint' : 'mask.noPicture')}</span>
      {picture && <span className="field-hint mask-touch-hint">{t('mask.touchHint')}</span>}
    </div>
  )
}
