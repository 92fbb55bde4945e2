import { ArrowLeft, ArrowRight, X } from 'lucide-react'
import { useRef } from 'react'
import { fileNameIn, thumbnailUrl } from '../api/client.ts'
import { useText } from '../i18n/index.ts'
import { announce } from '../shell/announce-store.ts'
import { ToolButton } from '../ui/ToolButton.tsx'
import { useFileFacts } from '../widgets/use-file.ts'
import { keysOf, moved } from './order.ts'
import { usePictureDrag } from './use-picture-drag.ts'

interface PictureListProps {
  files: readonly string[]
  label: string
  disabled: boolean
  /** The whole list as it is to be, as one step. */
  onChange(files: string[]): void
}

/** The pictures in their order: dragged by mouse or pen, moved and removed by buttons that any key and finger reaches. */
export function PictureList({ files, label, disabled, onChange }: PictureListProps) {
  const t = useText()
  const list = useRef<HTMLOListElement>(null)
  const drag = usePictureDrag(files.length, move)
  const keys = keysOf(files)

  function move(from: number, to: number): void {
    onChange(moved(files, from, to))
    announce(t('pictures.place', { name: fileNameIn(files[from] ?? ''), n: to + 1, count: files.length }))
  }
  function moveByButton(from: number, to: number): void {
    move(from, to)
    // It is taken out and put in elsewhere, which lets go of the focus; at an end the other button has it.
    requestAnimationFrame(() => {
      const [earlier, later] = buttonsAt(to)
      const [wanted, other] = to < from ? [earlier, later] : [later, earlier]
      if (wanted?.disabled) other?.focus()
      else wanted?.focus()
    })
  }
  function remove(place: number): void {
    onChange(files.toSpliced(place, 1))
    announce(t('pictures.removed', { name: fileNameIn(files[place] ?? ''), count: files.length - 1 }))
    requestAnimationFrame(() => buttonsAt(Math.min(place, files.length - 2))[2]?.focus())
  }
  const buttonsAt = (place: number): HTMLButtonElement[] => [
    ...(list.current?.children[place]?.querySelectorAll('button') ?? []),
  ]

  return (
    <ol ref={list} className="pictures nodrag nopan" aria-label={label}>
      {files.map((reference, place) => {
        const name = fileNameIn(reference)
        return (
          <li
            key={keys[place]}
            className="picture"
            data-held={drag.held === place}
            style={{ order: drag.places[place] }}
          >
            <Thumb reference={reference} name={name} {...(disabled ? {} : drag.handlers(place))} />
            <span className="picture-number" aria-hidden="true">
              {(drag.places[place] ?? place) + 1}
            </span>
            {!disabled && (
              <span className="picture-tools">
                <ToolButton
                  className="picture-tool"
                  label={t('pictures.earlier', { name, n: place + 1 })}
                  off={place === 0}
                  onClick={() => moveByButton(place, place - 1)}
                >
                  <ArrowLeft size={14} aria-hidden="true" />
                </ToolButton>
                <ToolButton
                  className="picture-tool"
                  label={t('pictures.later', { name, n: place + 1 })}
                  off={place === files.length - 1}
                  onClick={() => moveByButton(place, place + 1)}
                >
                  <ArrowRight size={14} aria-hidden="true" />
                </ToolButton>
                <ToolButton
                  className="picture-tool"
                  label={t('pictures.remove', { name, n: place + 1 })}
                  onClick={() => remove(place)}
                >
                  <X size={14} aria-hidden="true" />
                </ToolButton>
              </span>
            )}
          </li>
        )
      })}
    </ol>
  )
}

function Thumb({ reference, name, ...handlers }: { reference: string; name: string }) {
  const t = useText()
  const isGone = useFileFacts(reference).isError
  return (
    <div className="picture-thumb" title={name} {...handlers}>
      {isGone ? (
        <span className="picture-gone">{t('pictures.gone', { name })}</span>
      ) : (
        <img src={thumbnailUrl(reference)} alt={name} loading="lazy" decoding="async" draggable={false} />
      )}
    </div>
  )
}
