import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { machineInWords } from '../kept-numbers.ts'
import type { BenchOptions, Measure } from '../measure.ts'
import { PARTS, partsNamed } from './parts.ts'
import { MEASURED, readSections, reportPage, type Section, writeSection } from './report.ts'
import { type OpenStage, openStage } from './stage.ts'

/**
 * The model in the box as people see it: videos made by the song-video workflow, decoded and measured on their pixels.
 * Prints where the contact sheets and the page with every prompt lie; with `--keep` the page goes beside the model.
 *
 * BEATLOOM_POCKET_PARTS names the parts to run, with commas (`parts.ts`). Several benches run side by side when each is
 * given other parts and all of them the same BEATLOOM_POCKET_FOLDER; `join-sections.ts` then writes their one page.
 */
export async function* pocketBench(options: BenchOptions): AsyncGenerator<Measure> {
  const say = (text: string): boolean => process.stderr.write(`${text}\n`)
  const wanted = partsNamed(process.env.BEATLOOM_POCKET_PARTS)
  const stage = await openStage(options, say)
  const sections: Section[] = []
  try {
    for (const name of wanted) {
      const section = emptySection(name, options, stage)
      sections.push(section)
      yield* measured(name, stage, section)
    }
    yield* inAll(sections, options.quick)
  } finally {
    await stage.finish()
    const page = reportPage(readSections(stage.folder, Object.keys(PARTS)), Object.keys(PARTS))
    writeFileSync(join(stage.folder, 'measured.md'), page)
    if (options.keep) writeFileSync(MEASURED, page)
    say(`Contact sheets and every prompt: ${stage.folder}`)
  }
}

async function* measured(name: string, stage: OpenStage, section: Section): AsyncGenerator<Measure> {
  const startedAt = performance.now()
  const own = stage.ofPart(name)
  for await (const measure of PARTS[name]!(own)) {
    section.measures.push(measure)
    yield measure
  }
  section.notes = own.notes
  section.clips = own.clips()
  section.minutes = (performance.now() - startedAt) / 60_000
  writeSection(stage.folder, section)
}

function emptySection(part: string, { quick }: BenchOptions, { media }: OpenStage): Section {
  const date = new Date().toISOString().slice(0, 10)
  const { missing } = media
  return { part, measures: [], notes: [], clips: 0, minutes: 0, date, machine: machineInWords(), quick, missing }
}

function* inAll(sections: Section[], quick: boolean): Generator<Measure> {
  const total = (value: (section: Section) => number) => sections.reduce((sum, section) => sum + value(section), 0)
  const name = `pocket bench${quick ? ', quick' : ''}`
  yield { name: `${name}: clips of three seconds`, value: total(({ clips }) => clips), unit: '', aim: quick ? 60 : 420 }
  yield { name: `${name}: minutes`, value: total(({ minutes }) => minutes), unit: '', aim: quick ? 4 : 60 }
}
