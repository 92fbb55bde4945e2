import { X, ZoomIn, ZoomOut } from 'lucide-react'
import { Dialog } from 'radix-ui'
import { useRef, useState } from 'react'
import { percent } from '../i18n/format.ts'
import { useText } from '../i18n/index.ts'
import { Button, IconButton } from '../ui/Button.tsx'
import { Picker } from '../ui/Picker.tsx'
import { useOtherImages } from './use-other-images.ts'

interface FullViewProps {
  node: string
  index?: number
  src: string
  name: string
  size: { width?: number; height?: number }
  onClose(): void
}

const FURTHEST = 0.1
const CLOSEST = 16
const PAN_PX = 60

interface Place {
  /** Screen pixels for one of the picture; null fits it into the window. */
  scale: number | null
  x: number
  y: number
}

/** A picture in full: zoom with wheel or + −, drag or arrow keys move it, 0 fits; beside another run's on a slider. */
export function FullView({ node, index = 0, src, name, size, onClose }: FullViewProps) {
  const t = useText()
  const stage = useRef<HTMLDivElement>(null)
  const drag = useRef<{ x: number; y: number; place: Place } | null>(null)
  const [place, setPlace] = useState<Place>({ scale: null, x: 0, y: 0 })
  const [comparing, setComparing] = useState('')
  const [divide, setDivide] = useState(50)
  const others = useOtherImages(node, index, src)
  const other = others.find((item) => item.run === comparing)

  const fitScale = (): number => {
    const box = stage.current?.getBoundingClientRect()
    if (!box || !size.width || !size.height) return 1
    return Math.min(1, box.width / size.width, box.height / size.height)
  }
  const scaleNow = place.scale ?? fitScale()
  const zoom = (factor: number) =>
    setPlace({ ...place, scale: Math.min(CLOSEST, Math.max(FURTHEST, scaleNow * factor)) })
  function onKeyDown(event: React.KeyboardEvent): void {
    if ((event.target as HTMLElement).matches('input')) return
    const moves: Record<string, [number, number]> = {
      ArrowLeft: [PAN_PX, 0],
      ArrowRight: [-PAN_PX, 0],
      ArrowUp: [0, PAN_PX],
      ArrowDown: [0, -PAN_PX],
    }
    const move = moves[event.key]
    if (move) setPlace({ ...place, x: place.x + move[0], y: place.y + move[1] })
    else if (event.key === '+' || event.key === '=') zoom(1.25)
    else if (event.key === '-') zoom(0.8)
    else if (event.key === '0') setPlace({ scale: null, x: 0, y: 0 })
    else return
    event.preventDefault()
  }

  const width = size.width ? size.width * scaleNow : undefined
  const style = { width, translate: `${place.x}px ${place.y}px` }
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className="dialog-shade" />
        <Dialog.Content className="full-view" aria-describedby={undefined} onKeyDown={onKeyDown}>
          <header className="full-view-bar">
            <Dialog.Title className="full-view-title">{name}</Dialog.Title>
            {size.width && (
              <span className="full-view-size">
                {size.width} × {size.height}
              </span>
            )}
            {others.length > 0 && (
              <Picker
                label={t('compare.with')}
                value={comparing}
                placeholder={t('compare.with')}
                options={[
                  { value: '', label: t('compare.none') },
                  ...others.map((item) => ({ value: item.run, label: item.when, note: item.title })),
                ]}
                onChange={setComparing}
              />
            )}
            <IconButton label={t('image.zoomOut')} onClick={() => zoom(0.8)}>
              <ZoomOut size={16} />
            </IconButton>
            <span className="full-view-scale" role="status">
              {percent(scaleNow)}
            </span>
            <IconButton label={t('image.zoomIn')} onClick={() => zoom(1.25)}>
              <ZoomIn size={16} />
            </IconButton>
            <Button size="small" onClick={() => setPlace({ scale: null, x: 0, y: 0 })}>
              {t('image.fit')}
            </Button>
            <Button size="small" onClick={() => setPlace({ scale: 1, x: 0, y: 0 })}>
              100 %
            </Button>
            <Dialog.Close asChild>
              <IconButton label={t('image.close')}>
                <X size={16} />
              </IconButton>
            </Dialog.Close>
          </header>
          <div
            ref={stage}
            className="full-view-stage"
            data-fit={place.scale === null}
            onWheel={(event) => zoom(1.2 ** (-event.deltaY / 100))}
            onPointerDown={(event) => {
              event.currentTarget.setPointerCapture(event.pointerId)
              drag.current = { x: event.clientX, y: event.clientY, place }
            }}
            onPointerMove={(event) => {
              const from = drag.current
              if (!from) return
              const [x, y] = [from.place.x + event.clientX - from.x, from.place.y + event.clientY - from.y]
              setPlace({ scale: from.place.scale ?? fitScale(), x, y })
            }}
            onPointerUp={() => {
              drag.current = null
            }}
          >
            <img src={src} alt={name} style={style} draggable={false} />
            {other && (
              <img
                className="full-view-other"
                src={other.src}
                alt={t('compare.other', { when: other.when })}
                style={{ ...style, clipPath: `inset(0 0 0 ${divide}%)` }}
                draggable={false}
              />
            )}
            {other && (
              <span className="full-view-line" style={{ ...style, '--divide': `${divide}%` } as React.CSSProperties} />
            )}
          </div>
          {other && (
            <label className="full-view-divide">
              <span>{t('compare.this')}</span>
              <input
                type="range"
                min={0}
                max={100}
                value={divide}
                aria-label={t('compare.slider')}
                onChange={(event) => setDivide(Number(event.target.value))}
              />
              <span>{other.when}</span>
            </label>
          )}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  )
}
