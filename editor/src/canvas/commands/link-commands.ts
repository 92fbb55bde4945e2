import type { CanvasCommand } from './command.ts'

/** Links: looks, name tags, reroutes. */
export const LINK_COMMANDS: readonly CanvasCommand[] = []
