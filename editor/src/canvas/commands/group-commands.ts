import type { CanvasCommand } from './command.ts'

/** Groups, sub-graphs, arranging. */
export const GROUP_COMMANDS: readonly CanvasCommand[] = []
