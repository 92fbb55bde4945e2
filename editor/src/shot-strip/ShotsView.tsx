import { useId, useMemo, useState } from 'react'
import { ticksOf } from '../beat-grid/beat-places.ts'
import { useText } from '../i18n/index.ts'
import { SongStageView } from '../previews/SongStageView.tsx'
import { useSongStage } from '../previews/use-song-stage.ts'
import { useSourceSong } from '../previews/use-source-song.ts'
import '../styles/shot-strip.css'
import { useFileFacts } from '../widgets/use-file.ts'
import { ShotCells } from './ShotCells.tsx'
import { type ShotsDisplay, shotAt } from './shot-plan.ts'
import { useShotClips, useShotPictures } from './use-shot-pictures.ts'

const NONE: ReadonlySet<number> = new Set()

/** A plan of shots to look at and hear: a click, or an arrow key, goes to a shot. */
export function ShotsView({ item, node }: { item: ShotsDisplay; node: string }) {
  const t = useText()
  const id = useId()
  const { shots, frameRate, durationSeconds: seconds } = item
  const song = useSourceSong(node)
  const facts = useFileFacts(song?.reference ?? '')
  const stage = useSongStage({
    reference: song?.reference ?? null,
    peaks: item.peaks,
    seconds,
    offset: song?.start ?? 0,
    fileSeconds: facts.data?.facts.durationSeconds,
  })
  const [chosen, setChosen] = useState(0)
  const ticks = useMemo(() => ticksOf(item), [item])
  const plan = { shots, frameRate, durationSeconds: seconds, frameCount: shots.at(-1)?.endFrame ?? 0 }
  const words = t('shots.count', { n: shots.length })

  function choose(index: number): void {
    const shot = shots[index]
    if (!shot) return
    setChosen(index)
    stage.setHead(shot.startSeconds)
    stage.show(shot.startSeconds)
  }
  function onKeyDown(event: React.KeyboardEvent): void {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key]
    if (by === undefined) return
    event.preventDefault()
    event.stopPropagation()
    choose(chosen + by)
  }
  const onPointerUp = (event: React.PointerEvent) => choose(shotAt(plan, stage.timeAt(event.clientX)))
  return (
    <figure className="display shot-strip" data-kind="shots">
      <SongStageView
        stage={stage}
        ticks={ticks}
        sections={item.sections.length > 1 ? item.sections : []}
        plot={{ role: 'img', 'aria-label': words, onPointerUp }}
        below={
          <ShotCells
            id={id}
            {...{ plan, chosen }}
            view={stage.view}
            remade={NONE}
            clips={useShotClips(node)}
            pictures={useShotPictures(node)}
            handlers={{ onPointerUp, onKeyDown }}
          />
        }
      />
      <figcaption>{words}</figcaption>
    </figure>
  )
}
