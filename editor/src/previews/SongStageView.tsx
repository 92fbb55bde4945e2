import { fileUrl } from '../api/client.ts'
import { useText } from '../i18n/index.ts'
import { type Section, SongPlot } from './SongPlot.tsx'
import { SongTools } from './SongTools.tsx'
import type { SongStage } from './use-song-stage.ts'
import type { Tick } from './Waveform.tsx'

interface SongStageViewProps {
  stage: SongStage
  ticks: readonly Tick[]
  sections: readonly Section[]
  /** Of the box that shows the waveform: its role, its name, and what pointers and keys do there. */
  plot: React.HTMLAttributes<HTMLDivElement> & { 'data-holds-escape'?: boolean }
  /** Over the whole window: drawn more finely. */
  large?: boolean
  /** Drawn in the box, over the waveform. */
  children?: React.ReactNode
  /** Under the box, before the tools. */
  below?: React.ReactNode
  /** Over the box and beside it in the same place: what has a focus of its own. */
  over?: React.ReactNode
}

const LARGE_BARS = 600

/** A song as `useSongStage` has it: waveform, beats, playhead, the tools under it, and the sound. */
export function SongStageView({
  stage,
  ticks,
  sections,
  plot,
  large = false,
  children,
  below,
  over,
}: SongStageViewProps) {
  const t = useText()
  const { source, view, isZoomed, player, fine } = stage
  const { reference, peaks, seconds, offset = 0, fileSeconds } = source
  return (
    <div className="song-view nodrag" data-zoomed={isZoomed}>
      <div {...plot} ref={stage.box} className={isZoomed ? 'song-plot nowheel' : 'song-plot'} onWheel={stage.onWheel}>
        <SongPlot
          peaks={fine ?? peaks}
          peakSeconds={fine ? fileSeconds! : seconds}
          peakStart={fine ? offset : 0}
          view={view}
          ticks={ticks}
          sections={sections}
          {...(large ? { bars: LARGE_BARS } : {})}
        />
        {children}
        <span
          ref={stage.head}
          className="song-head"
          style={{ left: `${((stage.headTime() - view.from) / view.span) * 100}%` }}
        />
      </div>
      {over}
      {below}
      <SongTools
        playing={player.on}
        onPlay={reference === null ? null : player.toggle}
        view={view}
        seconds={seconds}
        beats={ticks}
        around={stage.headTime}
        onView={stage.setView}
      />
      {reference !== null && (
        // biome-ignore lint/a11y/useMediaCaption: music without words to caption; its picture is described above.
        <audio ref={player.audio} src={fileUrl(reference)} preload="none" aria-label={t('song.sound')} />
      )}
    </div>
  )
}
