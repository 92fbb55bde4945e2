import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SAMPLES } from '../../folder/data-folder.ts'
import { type Order, openStudio, type Studio } from '../../testing/studio.ts'
import type { Measure } from '../measure.ts'
import { ContactSheets } from './contact-sheet.ts'
import { type Footage, readFootage } from './footage.ts'
import type { Note } from './report.ts'
import { fetchTestMedia, type TestMedia } from './test-media.ts'

export const SAMPLE_PICTURE = join(SAMPLES, 'cover.jpg')
export const CLIP_SECONDS = 3

/** What one part of the pocket bench works with. */
export interface Stage {
  quick: boolean
  media: TestMedia
  /** Photographs the model was not trained on, the sample picture first. */
  pictures: string[]
  /** A folder for media made on the way. */
  scratch: string
  /** Makes a clip with the product's own workflow at 480p, decodes the file and puts it on a contact sheet. */
  film(label: string, order: Order): Promise<Footage>
  /** A row of the report that no measure holds: what was asked, what was seen. */
  note(asked: string, seen: string): void
}

export interface PartStage extends Stage {
  notes: Note[]
  /** Clips made so far, counted in `CLIP_SECONDS`. */
  clips(): number
}

export interface OpenStage {
  media: TestMedia
  /** Where contact sheets and sections of the report are written. */
  folder: string
  ofPart(name: string): PartStage
  finish(): Promise<void>
}

/** BEATLOOM_POCKET_FOLDER names one folder for benches that each run some of the parts. */
export async function openStage({ quick }: { quick: boolean }, say: (text: string) => void): Promise<OpenStage> {
  const scratch = mkdtempSync(join(tmpdir(), 'beatloom-pocket-'))
  const folder = process.env.BEATLOOM_POCKET_FOLDER || mkdtempSync(join(tmpdir(), 'beatloom-pocket-report-'))
  mkdirSync(folder, { recursive: true })
  const media = await fetchTestMedia()
  for (const sentence of media.missing) say(sentence)
  if (media.pictures.length === 0) say('No held-out photographs: only the sample picture is used.')
  const studio: Studio = await openStudio(join(scratch, 'data'))
  const sheets = new ContactSheets(folder)
  return {
    media,
    folder,
    ofPart(name) {
      const notes: Note[] = []
      let seconds = 0
      return {
        quick,
        media,
        pictures: [SAMPLE_PICTURE, ...media.pictures],
        scratch,
        notes,
        clips: () => seconds / CLIP_SECONDS,
        async film(label, order) {
          const whole = { duration: CLIP_SECONDS, resolution: '480p' as const, ...order }
          const { path } = await studio.make(whole)
          seconds += whole.duration
          const footage = await readFootage(path)
          await sheets.add(name, label, footage)
          return footage
        },
        note: (asked, seen) => notes.push({ asked, seen }),
      }
    },
    async finish() {
      await studio.close()
      rmSync(scratch, { recursive: true, force: true, maxRetries: 5 })
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
