import type { Words } from '../words.ts'

/** Groups, sub-graphs, arranging. */
export const groupsWords = {} satisfies Words
