import { parseWorkflow } from '@beatloom/core'
import { getRun } from '../../api/client.ts'
import { textNow } from '../../i18n/index.ts'
import { commandLine } from '../../run/command-line.ts'
import { toast } from '../../view/view-store.ts'
import { fileNameOf } from '../files/save-file.ts'

/** Puts the command that makes the same again into the clipboard, and says which file it expects. */
export async function copyCommandLine(run: string): Promise<void> {
  const { workflow, title, inputs = {} } = await getRun(run)
  const file = fileNameOf(title)
  await navigator.clipboard.writeText(commandLine(file, parseWorkflow(workflow), inputs))
  toast(textNow()('queue.commandCopied', { file }))
}
