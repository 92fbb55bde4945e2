import { parseWorkflow } from '@beatloom/core'
import { fileUrl } from '../api/client.ts'
import { textNow } from '../i18n/index.ts'
import { openWorkflow } from './session.ts'

const REFERENCE = /^artifacts\/[0-9a-f]{64}\/[^/]+\.json$/

/** The workflow that a link of this server names in its address, `#open=artifacts/<sha256>/<name>.json`. */
export const sharedInAddress = (hash: string): string | null => {
  const wanted = decodeURIComponent(/[#&]open=([^&]+)/.exec(hash)?.[1] ?? '')
  return REFERENCE.test(wanted) ? wanted : null
}

/** Opens it as a document of one's own. @throws when the copy is gone or is no workflow. */
export async function openShared(reference: string): Promise<void> {
  const answer = await fetch(fileUrl(reference))
  if (!answer.ok) throw new Error(textNow()('share.linkGone'))
  openWorkflow(parseWorkflow(await answer.text()), 'file')
  // A reload would open another copy, and the token has done its work: the server gave a cookie for it.
  history.replaceState(null, '', `${location.pathname}#`)
}
