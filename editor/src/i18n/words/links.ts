import type { Words } from '../words.ts'

/** Links: reroutes, name tags, looks. */
export const linksWords = {} satisfies Words
