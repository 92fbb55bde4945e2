import type { Shot, ShotClip, Shots } from '@beatloom/core'
import { Lock, RefreshCw, Star } from 'lucide-react'
import { clockTime } from '../i18n/format.ts'
import { useText } from '../i18n/index.ts'
import type { SongWindow } from '../previews/song-window.ts'
import { thumbOf } from './use-shot-pictures.ts'

interface ShotCellsProps {
  id: string
  plan: Shots
  view: SongWindow
  chosen: number
  remade: ReadonlySet<number>
  clips: readonly ShotClip[]
  pictures: readonly (string | null)[]
  handlers: React.HTMLAttributes<HTMLDivElement>
}

/** One cell a shot, as wide as it is long, under the waveform that is as wide. */
export function ShotCells({ id, plan, view, chosen, remade, clips, pictures, handlers }: ShotCellsProps) {
  const t = useText()
  const share = (time: number) => ((time - view.from) / view.span) * 100
  const shown = plan.shots
    .map((shot, index) => ({ shot, index }))
    .filter(({ shot }) => shot.endSeconds > view.from && shot.startSeconds < view.from + view.span)
  const thumb = (shot: Shot) =>
    thumbOf(clips, shot.startSeconds, shot.endSeconds) ?? pictures[shot.picture % Math.max(1, pictures.length)] ?? null
  return (
    <div
      {...handlers}
      id={id}
      className="shot-cells"
      role="listbox"
      tabIndex={0}
      aria-orientation="horizontal"
      aria-label={t('shots.list')}
      aria-activedescendant={`${id}-${chosen}`}
    >
      {shown.map(({ shot, index }) => {
        const source = thumb(shot)
        const isRemade = remade.has(index)
        return (
          <div
            key={shot.startFrame}
            id={`${id}-${index}`}
            role="option"
            // The list has the focus, and says which of its options is meant.
            tabIndex={-1}
            className="shot-cell"
            aria-selected={index === chosen}
            aria-label={cellName(shot, index, plan.shots.length, isRemade, t)}
            data-remade={isRemade}
            data-continues={shot.continues}
            style={{
              left: `${share(shot.startSeconds)}%`,
              width: `${((shot.endSeconds - shot.startSeconds) / view.span) * 100}%`,
            }}
          >
            {source && <img src={source} alt="" draggable={false} loading="lazy" decoding="async" />}
            <span className="shot-number">{index + 1}</span>
            <span className="shot-marks" aria-hidden="true">
              {isRemade && <RefreshCw size={11} />}
              {shot.locked && <Lock size={11} />}
              {shot.starred && <Star size={11} />}
            </span>
          </div>
        )
      })}
    </div>
  )
}

function cellName(shot: Shot, index: number, count: number, isRemade: boolean, t: ReturnType<typeof useText>): string {
  const place = { n: index + 1, count, from: clockTime(shot.startSeconds, 2), to: clockTime(shot.endSeconds, 2) }
  const facts = [
    t('shots.shot', place),
    isRemade ? t('shots.changed') : '',
    shot.locked ? t('shots.locked') : '',
    shot.starred ? t('shots.starred') : '',
    shot.prompt,
  ]
  return facts.filter(Boolean).join(', ')
}
