import { readEmbeddedFromBytes } from '@beatloom/core'
import { uploadAsset } from '../api/client.ts'
import type { Point } from '../document/edits.ts'
import { textNow } from '../i18n/index.ts'
import { openText } from '../shell/session.ts'
import { toast } from '../view/view-store.ts'
import { addMediaNode } from './actions.ts'

const FILE_GAP_PX = 60
/** Our files carry their workflow before the pictures; more than this is never read for it. */
const MOST_METADATA_BYTES = 16 * 1024 * 1024

/**
 * Takes dropped or pasted files: a workflow, or a picture or video that carries one, opens; plain media become load
 * nodes at the point. Reading happens here in the browser; nothing is run and nothing is fetched.
 */
export async function takeFiles(files: readonly File[], at: Point): Promise<void> {
  for (const [index, file] of files.entries()) {
    try {
      await takeFile(file, { x: at.x + index * FILE_GAP_PX, y: at.y + index * FILE_GAP_PX })
    } catch (error) {
      toast((error as Error).message, 'error')
    }
  }
}

async function takeFile(file: File, at: Point): Promise<void> {
  if (file.type === 'application/json' || file.name.toLowerCase().endsWith('.json')) {
    openText(await file.text())
    return
  }
  const embedded = await embeddedWorkflow(file)
  if (embedded !== null) {
    if (openText(embedded)) toast(textNow()('drop.openedFrom', { name: file.name }))
    return
  }
  const asset = await uploadAsset(file)
  if (asset.workflow) openText(asset.workflow)
  else if (!addMediaNode(asset.reference, asset.kind, at)) toast(textNow()('drop.noNode', { name: file.name }), 'error')
}

async function embeddedWorkflow(file: File): Promise<string | null> {
  if (!/\.(mp4|m4v|mov|png)$/i.test(file.name)) return null
  const bytes = new Uint8Array(await file.slice(0, MOST_METADATA_BYTES).arrayBuffer())
  return readEmbeddedFromBytes(bytes)?.workflow ?? null
}
