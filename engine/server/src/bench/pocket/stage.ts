import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SAMPLES } from '../../folder/data-folder.ts'
import { type Order, openStudio, type Studio } from '../../testing/studio.ts'
import type { Measure } from '../measure.ts'
import { ContactSheets } from './contact-sheet.ts'
import { type Footage, readFootage } from './footage.ts'
import { fetchTestMedia, type TestMedia } from './test-media.ts'

export const SAMPLE_PICTURE = join(SAMPLES, 'cover.jpg')
export const CLIP_SECONDS = 3

/** What every part of the pocket bench works with. */
export interface Stage {
  quick: boolean
  media: TestMedia
  /** Photographs the model was not trained on, the sample picture first. */
  pictures: string[]
  /** A folder for media made on the way. */
  scratch: string
  /** Makes a clip with the product's own workflow at 480p, decodes the file and puts it on a contact sheet. */
  film(category: string, label: string, order: Order): Promise<Footage>
  /** A row of the report that no measure holds: what was asked, what was seen. */
  note(category: string, asked: string, seen: string): void
}

export interface OpenStage extends Stage {
  /** Where contact sheets and notes are written. */
  folder: string
  notes: { category: string; asked: string; seen: string }[]
  finish(): Promise<void>
}

export async function openStage(options: { quick: boolean }, say: (text: string) => void): Promise<OpenStage> {
  const folder = mkdtempSync(join(tmpdir(), 'beatloom-pocket-'))
  const media = await fetchTestMedia()
  for (const sentence of media.missing) say(sentence)
  if (media.pictures.length === 0) say('No held-out photographs: only the sample picture is used.')
  const studio: Studio = await openStudio(join(folder, 'data'))
  const sheets = new ContactSheets(join(folder, 'sheets'))
  const notes: OpenStage['notes'] = []
  return {
    ...options,
    media,
    pictures: [SAMPLE_PICTURE, ...media.pictures],
    scratch: folder,
    folder: sheets.folder,
    notes,
    async film(category, label, order) {
      const { path } = await studio.make({ duration: CLIP_SECONDS, resolution: '480p', ...order })
      const footage = await readFootage(path)
      await sheets.add(category, label, footage)
      return footage
    },
    note: (category, asked, seen) => notes.push({ category, asked, seen }),
    async finish() {
      await studio.close()
      rmSync(join(folder, 'data'), { recursive: true, force: true, maxRetries: 5 })
      await sheets.write()
    },
  }
}

/** A share as a measure in percent. */
export function shareMeasure(name: string, found: readonly boolean[], aim: number | null): Measure {
  const value = (100 * found.filter(Boolean).length) / Math.max(1, found.length)
  return { name: `${name} (of ${found.length})`, value, unit: '%', aim, atLeast: true }
}

export const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length)
