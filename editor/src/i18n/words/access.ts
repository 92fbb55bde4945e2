import type { Words } from '../words.ts'

/** Keyboard, outline, announcements, command palette. */
export const accessWords = {} satisfies Words
