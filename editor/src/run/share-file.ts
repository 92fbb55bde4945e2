import type { PublicFile } from '../api/types.ts'
import { textNow } from '../i18n/index.ts'
import { copyText } from '../ui/copy-text.ts'
import { toast } from '../view/view-store.ts'

/** Hands the file to the system's own share sheet; where there is none, its address goes to the clipboard. */
export async function shareFile(file: PublicFile, mime: string): Promise<void> {
  const address = new URL(file.url, location.href).href
  try {
    if (typeof navigator.canShare === 'function') {
      const bytes = await (await fetch(file.url)).blob()
      const files = [new File([bytes], file.name, { type: mime || bytes.type })]
      if (navigator.canShare({ files })) return await navigator.share({ files, title: file.name })
    }
    const copied = await copyText(address)
    toast(textNow()(copied ? 'result.linkCopied' : 'page.notCopied'))
  } catch (error) {
    // A person who closes the share sheet has changed their mind; that is no failure.
    if ((error as Error).name !== 'AbortError') toast((error as Error).message, 'error')
  }
}
