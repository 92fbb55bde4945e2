import type { Point } from '../document/edits.ts'
import { textNow } from '../i18n/index.ts'
import { toast } from '../view/view-store.ts'
import { copySelection, deleteSelection, pasteText } from './actions.ts'
import { canvasStore } from './canvas-store.ts'
import { openFileText } from './files/open-file.ts'
import { takeFiles } from './files/take-files.ts'

/** What a clipboard holds, whichever way it was read. */
export interface Pasted {
  text: string
  files: readonly File[]
}

/**
 * Pastes at a point: nodes before files, since a program that copies nodes may put a picture of them beside. A whole
 * workflow opens in a tab of its own. Anything else changes nothing, and says so.
 */
export function paste({ text, files }: Pasted, at: Point, keepOutside: boolean): void {
  if (pasteText(text, at, keepOutside)) return
  if (files.length > 0) void takeFiles(files, at)
  else if (looksLikeWorkflow(text)) openFileText(text, textNow()('paste.clipboard'))
  else if (!isBlank(text)) toast(textNow()('paste.nothing'))
}

const isBlank = (text: string): boolean => text.trim() === ''

/** Whether a clipboard holds anything at all. */
export const holdsSomething = ({ text, files }: Pasted): boolean => !isBlank(text) || files.length > 0

const looksLikeWorkflow = (text: string): boolean => /^\s*\{/.test(text) && /"beatloom"\s*:/.test(text)

/** Copies from a menu or with keys of a person's own, where no clipboard event brings the clipboard along. */
export async function copyToSystem(andDelete = false): Promise<void> {
  const text = copySelection()
  if (!text) return
  try {
    await navigator.clipboard.writeText(text)
    if (andDelete) deleteSelection()
  } catch {
    toast(textNow()('paste.noAccess'), 'error')
  }
}

/** Pastes from a menu or with keys of a person's own; the browser may ask the person first. */
export async function pasteFromSystem(keepOutside = false): Promise<void> {
  const { pointer } = canvasStore.getState()
  try {
    paste(await readSystem(), pointer, keepOutside)
  } catch {
    toast(textNow()('paste.noAccess'), 'error')
  }
}

const NAMES: Record<string, string> = {
  'image/png': 'pasted.png',
  'image/jpeg': 'pasted.jpg',
  'image/webp': 'pasted.webp',
}

async function readSystem(): Promise<Pasted> {
  const items = await navigator.clipboard.read()
  const files: File[] = []
  let text = ''
  for (const item of items) {
    for (const type of item.types) {
      const name = NAMES[type]
      if (type === 'text/plain') text += await (await item.getType(type)).text()
      else if (name) files.push(new File([await item.getType(type)], name, { type }))
    }
  }
  return { text, files }
}
