import type { CanvasCommand } from './commands/command.ts'
import { EDIT_COMMANDS } from './commands/edit-commands.ts'
import { FILE_COMMANDS } from './commands/file-commands.ts'
import { GROUP_COMMANDS } from './commands/group-commands.ts'
import { LINK_COMMANDS } from './commands/link-commands.ts'
import { RUN_COMMANDS } from './commands/run-commands.ts'
import { SHARE_COMMANDS } from './commands/share-commands.ts'
import { TAB_COMMANDS } from './commands/tab-commands.ts'
import { VALUE_COMMANDS } from './commands/value-commands.ts'
import { VIEW_COMMANDS } from './commands/view-commands.ts'

export type { CanvasCommand, Flow } from './commands/command.ts'

/** Every command of the canvas, once: the keys, the menus, the command palette and the shortcut sheet read this list. */
export const COMMANDS: readonly CanvasCommand[] = [
  ...RUN_COMMANDS,
  ...EDIT_COMMANDS,
  ...LINK_COMMANDS,
  ...GROUP_COMMANDS,
  ...VALUE_COMMANDS,
  ...VIEW_COMMANDS,
  ...FILE_COMMANDS,
  ...SHARE_COMMANDS,
  ...TAB_COMMANDS,
]

const BY_ID = new Map(COMMANDS.map((command) => [command.id, command]))

export const commandById = (id: string): CanvasCommand => BY_ID.get(id)!
