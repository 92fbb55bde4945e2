import type { Display } from '@beatloom/core'
import { Info } from 'lucide-react'
import { type ComponentType, lazy, Suspense } from 'react'
import { clockTime } from '../i18n/format.ts'
import { useText } from '../i18n/index.ts'
import { say } from '../i18n/sentences.ts'
import { curvePath } from './curve-path.ts'
import { FullImage } from './FullImage.tsx'
import { addressOf } from './file-address.ts'
import { NodeVideo } from './NodeVideo.tsx'
import { Waveform } from './Waveform.tsx'

const BeatsView = lazy(() => import('./BeatsView.tsx').then((module) => ({ default: module.BeatsView })))
const CertificateView = lazy(() =>
  import('./CertificateView.tsx').then((module) => ({ default: module.CertificateView })),
)
const ShotsView = lazy(() => import('../shot-strip/ShotsView.tsx').then((module) => ({ default: module.ShotsView })))
const ShotClipsView = lazy(() => import('./ShotClipsView.tsx').then((module) => ({ default: module.ShotClipsView })))

interface Of<K extends Display['kind']> {
  item: Extract<Display, { kind: K }>
  node: string
  /** Its place among all that the node showed. */
  index: number
}

function ImageDisplay({ item, node, index }: Of<'image'>) {
  return (
    <figure className="display">
      <FullImage
        node={node}
        index={index}
        src={addressOf(item.file)}
        full={item.full && addressOf(item.full)}
        name={item.file.name}
        size={item}
      />
      <figcaption>
        {item.width} × {item.height}
      </figcaption>
    </figure>
  )
}

function VideoDisplay({ item }: Of<'video'>) {
  return (
    <figure className="display">
      <NodeVideo src={addressOf(item.file)} name={item.file.name} frameRate={item.frameRate} />
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

function BeatsDisplay({ item, node }: Of<'beats'>) {
  return (
    <Suspense fallback={<div className="song-waiting" />}>
      <BeatsView item={item} node={node} />
    </Suspense>
  )
}

function ShotsDisplay({ item, node }: Of<'shots'>) {
  return (
    <Suspense fallback={<div className="song-waiting" />}>
      <ShotsView item={item} node={node} />
    </Suspense>
  )
}

function ShotClipsDisplay({ item, node }: Of<'shot-clips'>) {
  return (
    <Suspense fallback={<div className="song-waiting" />}>
      <ShotClipsView item={item} node={node} />
    </Suspense>
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
  useText()
  return <pre className="display display-text nowheel nodrag">{item.spoken ? say(item.text) : item.text}</pre>
}

function NoteDisplay({ item }: Of<'note'>) {
  useText()
  return (
    <p className="display display-note">
      <Info size={14} aria-hidden="true" />
      <span>{say(item.text)}</span>
    </p>
  )
}

function CertificateDisplay({ item }: Of<'certificate'>) {
  return (
    <Suspense fallback={null}>
      <CertificateView certificate={item.certificate} />
    </Suspense>
  )
}

type DisplayTable = { [K in Display['kind']]: ComponentType<Of<K>> }

const DISPLAYS = {
  image: ImageDisplay,
  video: VideoDisplay,
  audio: AudioDisplay,
  beats: BeatsDisplay,
  shots: ShotsDisplay,
  'shot-clips': ShotClipsDisplay,
  certificate: CertificateDisplay,
  curve: CurveDisplay,
  text: TextDisplay,
  note: NoteDisplay,
} satisfies DisplayTable

/** Whatever a node showed, drawn by its kind. Kinds from a newer server are left out. */
export function DisplayView({ item, node = '', index = 0 }: { item: Display; node?: string; index?: number }) {
  const View = (DISPLAYS as Record<string, ComponentType<{ item: Display; node: string; index: number }>>)[item.kind]
  return View ? <View item={item} node={node} index={index} /> : null
}
