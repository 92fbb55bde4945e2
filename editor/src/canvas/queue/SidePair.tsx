import { Pause, Play } from 'lucide-react'
import { useRef, useState } from 'react'
import { thumbnailUrl } from '../../api/client.ts'
import type { PublicOutput } from '../../api/types.ts'
import { useText } from '../../i18n/index.ts'
import { Button } from '../../ui/Button.tsx'

interface Side {
  output: PublicOutput | null
  caption: string
}

/** Two results beside each other; videos start, stop and jump together. */
export function SidePair({ before, after }: { before: Side; after: Side }) {
  const t = useText()
  const pair = useRef<HTMLDivElement>(null)
  const [playing, setPlaying] = useState(false)
  const videos = (): HTMLVideoElement[] => [...(pair.current?.querySelectorAll('video') ?? [])]
  const moving = [before, after].some(({ output }) => output?.mime?.startsWith('video/'))
  function toggle(): void {
    const [first, ...rest] = videos()
    if (!first) return
    for (const video of rest) video.currentTime = first.currentTime
    for (const video of videos()) {
      if (playing) video.pause()
      else void video.play().catch(() => undefined)
    }
    setPlaying(!playing)
  }
  return (
    <div className="side-pair" ref={pair}>
      {[before, after].map(({ output, caption }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a side is its place.
        <figure key={index}>
          <SideMedia output={output} />
          <figcaption>{caption}</figcaption>
        </figure>
      ))}
      {moving && (
        <Button
          size="small"
          icon={playing ? <Pause size={14} aria-hidden="true" /> : <Play size={14} aria-hidden="true" />}
          onClick={toggle}
        >
          {t(playing ? 'compareRuns.pause' : 'compareRuns.play')}
        </Button>
      )}
    </div>
  )
}

function SideMedia({ output }: { output: PublicOutput | null }) {
  const t = useText()
  const { file, mime = '' } = output ?? {}
  if (!file) return <p className="side-none">{t('compareRuns.noResult')}</p>
  if (mime.startsWith('image/')) return <img src={file.url} alt={file.name} />
  if (mime.startsWith('video/')) {
    return (
      <video
        src={file.url}
        poster={thumbnailUrl(file.url)}
        muted
        loop
        playsInline
        preload="metadata"
        aria-label={file.name}
      />
    )
  }
  return <p className="side-none">{file.name}</p>
}
