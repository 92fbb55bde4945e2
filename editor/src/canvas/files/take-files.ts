import type { Asset } from '../../api/types.ts'
import { sendFile } from '../../api/upload.ts'
import type { Point } from '../../document/edits.ts'
import { textNow } from '../../i18n/index.ts'
import { say } from '../../i18n/sentences.ts'
import { holdTab } from '../../shell/held-tabs.ts'
import { tabsStore } from '../../shell/tabs-store.ts'
import { shownText } from '../../ui/shown-text.ts'
import { toast } from '../../view/view-store.ts'
import { addMediaNode } from '../actions.ts'
import { isLoadable } from './loadable.ts'
import { onTab } from './on-tab.ts'
import { MOST_TEXT_BYTES, openFileText, workflowInside } from './open-file.ts'

const FILE_GAP_PX = 60

/**
 * Takes dropped, chosen or pasted files: a workflow, or a picture, video or sound that carries one, opens in a new tab;
 * plain media become load nodes at the point, each a little further on. What a file carries is found out here in the
 * browser; nothing is run, and only media that become nodes are sent to the server.
 */
export async function takeFiles(files: readonly File[], at: Point): Promise<void> {
  const tab = holdTab(tabsStore.getState().active)
  const media: Asset[] = []
  const workflows: { text: string; name: string; inside: boolean }[] = []
  for (const file of files) {
    try {
      const found = await contentOf(file)
      if ('text' in found) workflows.push({ ...found, name: file.name })
      else media.push(found)
    } catch (error) {
      toast(withName(file.name, (error as Error).message), 'error')
    }
  }
  // Nodes first: they belong to the tab that the files were dropped on, which may have gone aside while they were sent.
  if (media.length > 0 && !onTab(tab, () => placeNodes(media, at))) {
    toast(textNow()('drop.later', { name: shownText(media[0]!.name, 80) }))
  }
  for (const { text, name, inside } of workflows) {
    const opened = openFileText(text, name)
    if (opened && inside) toast(textNow()('drop.openedFrom', { name: shownText(name, 80) }))
  }
}

/** Of several files one wants to know which; a sentence that says it already is left as it is. */
function withName(file: string, sentence: string): string {
  const [name, reason] = [shownText(file, 80), say(sentence)]
  return reason.includes(name) ? reason : textNow()('drop.failed', { name, reason })
}

function placeNodes(media: readonly Asset[], at: Point): void {
  for (const [index, asset] of media.entries()) {
    const place = { x: at.x + index * FILE_GAP_PX, y: at.y + index * FILE_GAP_PX }
    const name = shownText(asset.name, 80)
    if (!addMediaNode(asset.reference, asset.kind, place)) toast(textNow()('drop.noNode', { name }), 'error')
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
  if (carried !== null) return { text: carried, inside: true }
  if (file.size === 0) throw new Error(textNow()('file.empty', { name: shownText(file.name, 80) }))
  if (!isLoadable(file)) throw new Error(textNow()('drop.noNode', { name: shownText(file.name, 80) }))
  return sendFile(file, () => undefined)
}
