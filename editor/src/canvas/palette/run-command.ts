import { onceShown } from '../../shell/tabs.ts'
import type { CanvasCommand, Flow } from '../commands.ts'

/** Runs a command on the document it is meant for: while a tab is being read, on that one once it is there. */
export function runCommand(command: CanvasCommand, flow: Flow): void {
  const run = () => {
    if (command.possible?.() !== false) command.run(flow)
  }
  if (command.goesToTab) run()
  else onceShown(run)
}
