import { Scissors } from 'lucide-react'
import { Slider } from 'radix-ui'
import { useEffect, useState } from 'react'
import { clockTime, fileSize } from '../i18n/format.ts'
import { useText } from '../i18n/index.ts'
import { Waveform } from '../previews/Waveform.tsx'
import { Button } from '../ui/Button.tsx'
import { MAX_SONG_SECONDS, MAX_UPLOAD_BYTES } from './media-limits.ts'
import { cutWav, type WavLayout, wavPeaks } from './wav-cut.ts'

interface CutSongProps {
  file: File
  wav: WavLayout
  onCut(part: File): void
}

const SHORTEST_SECONDS = 3
const PEAKS = 200

/** Chooses the stretch of a song that is sent, where all of it is too much. */
export function CutSong({ file, wav, onCut }: CutSongProps) {
  const t = useText()
  const longest = Math.min(wav.seconds, MAX_SONG_SECONDS, Math.floor(MAX_UPLOAD_BYTES / wav.bytesPerSecond) - 1)
  const [[from, to], setRange] = useState<[number, number]>([0, longest])
  const [peaks, setPeaks] = useState<number[]>([])
  useEffect(() => {
    let gone = false
    void wavPeaks(file, wav, PEAKS).then((found) => !gone && setPeaks(found))
    return () => {
      gone = true
    }
  }, [file, wav])
  function move(wantedFrom: number, wantedTo: number): void {
    const moved = wantedFrom !== from
    setRange(
      moved
        ? [wantedFrom, Math.min(to, wantedFrom + longest)]
        : [Math.max(from, wantedTo - longest), Math.max(wantedTo, from + Math.min(SHORTEST_SECONDS, longest))],
    )
  }
  const share = (time: number) => `${(time / wav.seconds) * 100}%`
  return (
    <div className="cut-song">
      <div className="song-wave">
        <Waveform peaks={peaks} heightPx={56} bars={PEAKS} />
        <div className="song-shade" style={{ left: 0, width: share(from) }} />
        <div className="song-shade" style={{ left: share(to), right: 0 }} />
        <Slider.Root
          className="song-slider"
          min={0}
          max={wav.seconds}
          step={0.1}
          value={[from, to]}
          minStepsBetweenThumbs={SHORTEST_SECONDS * 10}
          onValueChange={([a = 0, b = 0]) => move(a, b)}
        >
          <Slider.Track className="song-track" />
          <Slider.Thumb className="song-thumb" aria-label={t('page.cutFrom')} aria-valuetext={clockTime(from, 1)} />
          <Slider.Thumb className="song-thumb" aria-label={t('page.cutTo')} aria-valuetext={clockTime(to, 1)} />
        </Slider.Root>
      </div>
      <Button
        size="small"
        icon={<Scissors size={14} aria-hidden="true" />}
        onClick={() => onCut(cutWav(file, wav, from, to - from))}
      >
        {t('page.sendPart', {
          from: clockTime(from),
          to: clockTime(to),
          size: fileSize((to - from) * wav.bytesPerSecond),
        })}
      </Button>
    </div>
  )
}
