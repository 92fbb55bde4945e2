import { parseWorkflow } from '@beatloom/core'
import { getRun } from '../../api/client.ts'
import { documentStore } from '../../document/document-store.ts'
import { restoreValues, valuesOfRun } from '../../document/restore-values.ts'
import { textNow } from '../../i18n/index.ts'
import { toast } from '../../view/view-store.ts'

/** The open document gets the values that run worked with; one undo takes them away again. */
export async function restoreFromRun(id: string): Promise<void> {
  const { workflow, inputs = {} } = await getRun(id)
  const ran = parseWorkflow(workflow)
  const { workflow: now, edit } = documentStore.getState()
  const { recipe, count } = restoreValues(now, ran, valuesOfRun(ran, inputs))
  edit(recipe)
  toast(count === 0 ? textNow()('history.nothingToRestore') : textNow()('history.restored', { n: count }))
}
