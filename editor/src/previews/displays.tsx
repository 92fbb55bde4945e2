import type { Display, FileHandle } from '@beatloom/core'
import { Info } from 'lucide-react'
import type { ComponentType } from 'react'
import type { PublicFile } from '../api/types.ts'
import { clockTime, percent } from '../i18n/format.ts'
import { useText } from '../i18n/index.ts'
import { curvePath } from './curve-path.ts'
import { NodeVideo } from './NodeVideo.tsx'
import { beatTicks, Waveform } from './Waveform.tsx'

type Of<K extends Display['kind']> = { item: Extract<Display, { kind: K }> }

/** On the wire a file is an address, never a path of the server's machine. */
const addressOf = (file: FileHandle): string => (file as unknown as PublicFile).url

function ImageDisplay({ item }: Of<'image'>) {
  return (
    <figure className="display">
      <img src={addressOf(item.file)} alt={item.file.name} draggable={false} />
      <figcaption>
        {item.width} × {item.height}
      </figcaption>
    </figure>
  )
}

function VideoDisplay({ item }: Of<'video'>) {
  return (
    <figure className="display">
      <NodeVideo src={addressOf(item.file)} name={item.file.name} />
      <figcaption>
        {item.width} × {item.height} · {item.frameRate} fps · {item.frameCount} · {clockTime(item.durationSeconds, 1)}
      </figcaption>
    </figure>
  )
}

function AudioDisplay({ item }: Of<'audio'>) {
  return (
    <figure className="display">
      <Waveform peaks={item.peaks} heightPx={52} durationSeconds={item.durationSeconds} />
      <figcaption>
        {clockTime(item.startSeconds, 1)} – {clockTime(item.startSeconds + item.durationSeconds, 1)}
      </figcaption>
    </figure>
  )
}

function BeatsDisplay({ item }: Of<'beats'>) {
  const t = useText()
  const tempo =
    item.tempoBpm === null ? t('beats.none') : t('beats.tempo', { bpm: Math.round(item.tempoBpm * 10) / 10 })
  return (
    <figure className="display" data-kind="beats">
      <Waveform
        peaks={item.peaks}
        heightPx={60}
        durationSeconds={item.durationSeconds}
        ticks={beatTicks(item.beats, item.downbeats)}
      />
      <figcaption>
        {tempo} · {t('beats.count', { n: item.beats.length })} ·{' '}
        {t('beats.confidence', { share: percent(item.confidence) })}
      </figcaption>
    </figure>
  )
}

function CurveDisplay({ item }: Of<'curve'>) {
  const seconds = item.rate > 0 ? item.values.length / item.rate : 0
  return (
    <figure className="display">
      <svg className="curve" viewBox="0 0 200 60" preserveAspectRatio="none" aria-hidden="true">
        <path d={curvePath(item.values, 200, 60)} />
      </svg>
      <figcaption>{clockTime(seconds, 1)}</figcaption>
    </figure>
  )
}

function TextDisplay({ item }: Of<'text'>) {
  return <pre className="display display-text nowheel nodrag">{item.text}</pre>
}

function NoteDisplay({ item }: Of<'note'>) {
  return (
    <p className="display display-note">
      <Info size={14} aria-hidden="true" />
      <span>{item.text}</span>
    </p>
  )
}

type DisplayTable = { [K in Display['kind']]: ComponentType<Of<K>> }

const DISPLAYS = {
  image: ImageDisplay,
  video: VideoDisplay,
  audio: AudioDisplay,
  beats: BeatsDisplay,
  curve: CurveDisplay,
  text: TextDisplay,
  note: NoteDisplay,
} satisfies DisplayTable

/** Whatever a node showed, drawn by its kind. Kinds from a newer server are left out. */
export function DisplayView({ item }: { item: Display }) {
  const View = (DISPLAYS as Record<string, ComponentType<{ item: Display }>>)[item.kind]
  return View ? <View item={item} /> : null
}
