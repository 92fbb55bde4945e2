import type { Workflow } from '@beatloom/core'
import { textNow } from '../i18n/index.ts'
import { showFace } from '../view/view-store.ts'

export interface Side {
  label: string
  workflow: Workflow
}

/** Shows what differs between two states. The view is part of the graph's face, and is read when it is wanted. */
export async function compareSides(before: Side, after: Side): Promise<void> {
  const { showComparison } = await import('../canvas/files/file-dialogs.ts')
  showFace('graph')
  showComparison(before, after)
}

export const titleOf = (workflow: Workflow): string => workflow.title || textNow()('document.untitled')
