import { Download, FolderSearch, Share2 } from 'lucide-react'
import type { PublicFile } from '../api/types.ts'
import { useText } from '../i18n/index.ts'
import { Button } from '../ui/Button.tsx'
import { revealAsset } from './reveal-asset.ts'
import { shareFile } from './share-file.ts'

interface ResultActionsProps {
  file: PublicFile
  mime: string
  /** Called when the assets panel is about to show it. */
  onReveal?(): void
}

/** What to do with a finished file. */
export function ResultActions({ file, mime, onReveal }: ResultActionsProps) {
  const t = useText()
  return (
    <div className="result-actions">
      <a className="button" data-tone="primary" data-size="medium" href={file.url} download={file.name}>
        <Download size={16} aria-hidden="true" />
        <span>{t('result.download')}</span>
      </a>
      <Button icon={<Share2 size={16} aria-hidden="true" />} onClick={() => void shareFile(file, mime)}>
        {t('result.share')}
      </Button>
      <Button
        tone="quiet"
        icon={<FolderSearch size={16} aria-hidden="true" />}
        onClick={() => {
          onReveal?.()
          revealAsset(file.url)
        }}
      >
        {t('result.reveal')}
      </Button>
    </div>
  )
}
