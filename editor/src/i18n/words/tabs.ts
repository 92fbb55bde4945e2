import type { Words } from '../words.ts'

/** Tabs, drafts, recovery, windows. */
export const tabsWords = {} satisfies Words
