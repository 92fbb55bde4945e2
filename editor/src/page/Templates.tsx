import { Gallery } from '../canvas/files/Gallery.tsx'
import { useText } from '../i18n/index.ts'
import { SheetDialog } from '../ui/SheetDialog.tsx'
import { toast } from '../view/view-store.ts'
import '../styles/panels.css'
import '../styles/files.css'

/** The gallery, from the page: what is chosen opens beside what was being worked at. */
export function Templates({ onClose }: { onClose(): void }) {
  const t = useText()
  async function open(work: () => Promise<unknown>): Promise<void> {
    try {
      await work()
      onClose()
    } catch (error) {
      toast((error as Error).message, 'error')
    }
  }
  return (
    <SheetDialog open title={t('page.start')} wide onClose={onClose}>
      <Gallery onOpen={(work) => void open(work)} />
    </SheetDialog>
  )
}
