import type { PublicOutput } from '../../api/types.ts'
import { useText } from '../../i18n/index.ts'
import { VideoPlayer } from '../../previews/VideoPlayer.tsx'
import { ResultActions } from '../../run/ResultActions.tsx'
import { SheetDialog } from '../../ui/SheetDialog.tsx'

/** What a run made, large: to play, take home, hand on, and find among the assets. */
export function ResultDialog({ outputs, onClose }: { outputs: readonly PublicOutput[]; onClose(): void }) {
  const t = useText()
  return (
    <SheetDialog open title={t('result.title')} className="result-dialog" onClose={onClose}>
      {outputs.map(
        (output) =>
          output.file && (
            <section key={output.name} aria-label={output.file.name}>
              <ResultMedia output={output} />
              <ResultActions file={output.file} mime={output.mime ?? ''} onReveal={onClose} />
            </section>
          ),
      )}
    </SheetDialog>
  )
}

function ResultMedia({ output: { file, mime = '' } }: { output: PublicOutput }) {
  if (!file) return null
  if (mime.startsWith('video/')) return <VideoPlayer src={file.url} label={file.name} autoPlay />
  if (mime.startsWith('image/')) return <img className="result-image" src={file.url} alt={file.name} />
  if (mime.startsWith('audio/'))
    // biome-ignore lint/a11y/useMediaCaption: music made here comes without words to caption.
    return <audio className="result-audio" src={file.url} controls aria-label={file.name} />
  return <p>{file.name}</p>
}
