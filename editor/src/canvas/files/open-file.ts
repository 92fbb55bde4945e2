import { AppError, findEmbedded, parseWorkflow, type Workflow } from '@beatloom/core'
import { readLeniently } from '../../document/read-leniently.ts'
import { numberText } from '../../i18n/format.ts'
import { textNow } from '../../i18n/index.ts'
import { openWorkflow } from '../../shell/session.ts'
import { shownText } from '../../ui/shown-text.ts'
import { openingFace } from '../../view/opening-face.ts'
import { showFace, toast } from '../../view/view-store.ts'
import { fileDialogs } from './file-dialogs.ts'

/** From here on the canvas grows slow on small machines, and people should know why. */
const LARGE_NODE_COUNT = 2000
/** Larger text is no workflow: 10,000 nodes take about 2 MB. */
export const MOST_TEXT_BYTES = 64 * 2 ** 20

/**
 * Opens a workflow's text in a new tab. What cannot be opened as it is, because it is newer or damaged, is offered as a
 * copy of what can be read; anything else is refused with a sentence.
 * @returns whether it was opened.
 */
export function openFileText(text: string, name: string): boolean {
  let workflow: Workflow
  try {
    workflow = parseWorkflow(text)
  } catch (error) {
    offerPart(text, name, error)
    return false
  }
  openAsTab(workflow)
  return true
}

export function openAsTab(workflow: Workflow): void {
  openWorkflow(workflow, 'file')
  if (openingFace(workflow) === null) showFace('graph')
  const count = Object.keys(workflow.nodes).length
  if (count < LARGE_NODE_COUNT) return
  // Drawing it takes a while, in which the words would pass unseen.
  requestAnimationFrame(() => setTimeout(() => toast(textNow()('open.large', { count: numberText(count) }))))
}

function offerPart(text: string, name: string, error: unknown): void {
  try {
    const read = readLeniently(text)
    const reason = error instanceof AppError && error.code === 'workflow_too_new' ? 'newer' : 'damaged'
    fileDialogs.setState({ damaged: { name, reason, read } })
  } catch {
    toast(textNow()('open.notWorkflow', { name: shownText(name, 80) }), 'error')
  }
}

/** The workflow that a picture, video or sound carries; read here, in pieces, whatever its length. */
export async function workflowInside(file: File): Promise<string | null> {
  const found = await findEmbedded({
    size: file.size,
    read: async (start, end) => new Uint8Array(await file.slice(start, end).arrayBuffer()),
  })
  return found?.workflow ?? null
}
