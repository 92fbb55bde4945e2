import { X } from 'lucide-react'
import { Dialog } from 'radix-ui'
import type { PublicOutput } from '../../api/types.ts'
import { useText } from '../../i18n/index.ts'
import { VideoPlayer } from '../../previews/VideoPlayer.tsx'
import { ResultActions } from '../../run/ResultActions.tsx'
import { IconButton } from '../../ui/Button.tsx'

/** What a run made, large: to play, take home, hand on, and find among the assets. */
export function ResultDialog({ outputs, onClose }: { outputs: readonly PublicOutput[]; onClose(): void }) {
  const t = useText()
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className="dialog-shade" />
        <Dialog.Content className="dialog result-dialog" aria-describedby={undefined}>
          <header className="dialog-head">
            <Dialog.Title asChild>
              <h2>{t('result.title')}</h2>
            </Dialog.Title>
            <Dialog.Close asChild>
              <IconButton label={t('app.close')}>
                <X size={18} />
              </IconButton>
            </Dialog.Close>
          </header>
          {outputs.map(
            (output) =>
              output.file && (
                <section key={output.name} aria-label={output.file.name}>
                  <ResultMedia output={output} />
                  <ResultActions file={output.file} mime={output.mime ?? ''} onReveal={onClose} />
                </section>
              ),
          )}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
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
