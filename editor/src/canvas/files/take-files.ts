import { uploadAsset } from '../../api/client.ts'
import type { Asset } from '../../api/types.ts'
import type { Point } from '../../document/edits.ts'
import { textNow } from '../../i18n/index.ts'
import { shownText } from '../../ui/shown-text.ts'
import { toast } from '../../view/view-store.ts'
import { addMediaNode } from '../actions.ts'
import { MOST_TEXT_BYTES, openFileText, workflowInside } from './open-file.ts'

const FILE_GAP_PX = 60

/**
 * Takes dropped, chosen or pasted files: a workflow, or a picture, video or sound that carries one, opens in a new tab;
 * plain media become load nodes at the point, each a little further on. What a file carries is found out here in the
 * browser; nothing is run, and only media that become nodes are sent to the server.
 */
export async function takeFiles(files: readonly File[], at: Point): Promise<void> {
  const media: Asset[] = []
  const workflows: { text: string; name: string; inside: boolean }[] = []
  for (const file of files) {
    try {
      const found = await contentOf(file)
      if ('text' in found) workflows.push({ ...found, name: file.name })
      else media.push(found)
    } catch (error) {
      toast((error as Error).message, 'error')
    }
  }
  // Nodes first: they belong to the tab that the files were dropped on.
  for (const [index, asset] of media.entries()) {
    const place = { x: at.x + index * FILE_GAP_PX, y: at.y + index * FILE_GAP_PX }
    const name = shownText(asset.name, 80)
    if (!addMediaNode(asset.reference, asset.kind, place)) toast(textNow()('drop.noNode', { name }), 'error')
  }
  for (const { text, name, inside } of workflows) {
    const opened = openFileText(text, name)
    if (opened && inside) toast(textNow()('drop.openedFrom', { name: shownText(name, 80) }))
  }
}

async function contentOf(file: File): Promise<{ text: string; inside: boolean } | Asset> {
  const name = file.name.toLowerCase()
  if (name.endsWith('.zip')) {
    const { openBundle } = await import('./bundle.ts')
    return { text: await openBundle(file), inside: true }
  }
  if (file.type === 'application/json' || name.endsWith('.json')) {
    if (file.size > MOST_TEXT_BYTES) throw new Error(textNow()('open.notWorkflow', { name: shownText(file.name, 80) }))
    return { text: await file.text(), inside: false }
  }
  const carried = await workflowInside(file)
  return carried === null ? uploadAsset(file) : { text: carried, inside: true }
}
