import type { Workflow } from '@beatloom/core'
import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import type { PartialRead } from '../../document/read-leniently.ts'

/** One of two states that are compared. */
export interface ComparedSide {
  label: string
  workflow: Workflow
}

/** A file that cannot be opened as it is. */
export interface DamagedFile {
  name: string
  reason: 'newer' | 'damaged'
  read: PartialRead
}

interface FileDialogs {
  comparison: { before: ComparedSide; after: ComparedSide } | null
  sharing: boolean
  damaged: DamagedFile | null
}

/** Which of the dialogs about files is open. */
export const fileDialogs = createStore<FileDialogs>(() => ({ comparison: null, sharing: false, damaged: null }))

export const useFileDialogs = <T>(selector: (state: FileDialogs) => T): T => useStore(fileDialogs, selector)

/** Shows what was added, removed, changed and rewired from one state to the other. */
export function showComparison(before: ComparedSide, after: ComparedSide): void {
  fileDialogs.setState({ comparison: { before, after } })
}
