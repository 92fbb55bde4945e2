import { useQuery } from '@tanstack/react-query'
import { Copy, Send, Share2 } from 'lucide-react'
import { lazy, Suspense, useEffect, useState } from 'react'
import { shareAddress } from '../api/client.ts'
import type { PublicFile } from '../api/types.ts'
import { fileDialogs, useFileDialogs } from '../canvas/files/file-dialogs.ts'
import { useText } from '../i18n/index.ts'
import { shareFile } from '../run/share-file.ts'
import { Button, IconButton } from '../ui/Button.tsx'
import { copyText } from '../ui/copy-text.ts'
import { QrCode } from '../ui/QrCode.tsx'
import { SheetDialog } from '../ui/SheetDialog.tsx'
import { toast } from '../view/view-store.ts'
import '../styles/files.css'

const ShareDialog = lazy(() =>
  import('../canvas/files/ShareDialog.tsx').then((module) => ({ default: module.ShareDialog })),
)

interface ShareRunProps {
  run: string
  file: PublicFile | null
  mime: string
  onClose(): void
}

/** The video to the system's own share sheet, this run to another device, or the workflow to somebody else. */
export function ShareRun({ run, file, mime, onClose }: ShareRunProps) {
  const t = useText()
  const [workflow, setWorkflow] = useState(false)
  const sharing = useFileDialogs((state) => state.sharing)
  useEffect(() => {
    if (workflow && !sharing) onClose()
  }, [workflow, sharing, onClose])
  if (workflow)
    return (
      <Suspense>
        <ShareDialog />
      </Suspense>
    )
  return (
    <SheetDialog open title={t('share.title')} onClose={onClose}>
      {file && (
        <section className="share-part">
          <h3>{t('page.shareVideo')}</h3>
          <Button icon={<Send size={16} aria-hidden="true" />} onClick={() => void shareFile(file, mime)}>
            {t(typeof navigator.canShare === 'function' ? 'page.sendVideo' : 'page.copyVideoLink')}
          </Button>
        </section>
      )}
      <RunLink run={run} />
      <section className="share-part">
        <h3>{t('page.shareWorkflow')}</h3>
        <p>{t('page.shareWorkflowAbout')}</p>
        <Button
          icon={<Share2 size={16} aria-hidden="true" />}
          onClick={() => {
            fileDialogs.setState({ sharing: true })
            setWorkflow(true)
          }}
        >
          {t('page.shareWorkflowOpen')}
        </Button>
      </section>
    </SheetDialog>
  )
}

/** The address under which a phone or another computer opens this run; or what it takes to have one. */
function RunLink({ run }: { run: string }) {
  const t = useText()
  const address = useQuery({ queryKey: ['share-address'], queryFn: shareAddress })
  const url = address.data?.url ? `${address.data.url}#run=${run}` : null
  return (
    <section className="share-part">
      <h3>{t('page.otherDevice')}</h3>
      {url ? (
        <>
          <p>{t('page.otherDeviceAbout')}</p>
          <div className="share-link">
            <input
              className="field"
              readOnly
              value={url}
              aria-label={t('page.otherDeviceLink')}
              onFocus={(event) => event.target.select()}
            />
            <IconButton
              label={t('page.copy')}
              onClick={() => void copyText(url).then((done) => toast(t(done ? 'page.copied' : 'page.notCopied')))}
            >
              <Copy size={16} />
            </IconButton>
          </div>
          <QrCode address={url} />
        </>
      ) : (
        address.data && <p>{t('share.noLink')}</p>
      )}
    </section>
  )
}
