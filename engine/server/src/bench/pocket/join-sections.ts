/**
 * `node engine/server/src/bench/pocket/join-sections.ts FOLDER [--keep]`: the page of a pocket bench whose parts ran in
 * several processes, each started as
 *
 *   BEATLOOM_POCKET_FOLDER=FOLDER BEATLOOM_POCKET_PARTS=camera-speeds npm run -s bench -- pocket
 *
 * with other parts (`taskset` keeps each to cores of its own). Writes FOLDER/measured.md; with `--keep` page and numbers are kept as `bench -- pocket --keep` does.
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { keep } from '../kept-numbers.ts'
import { PARTS } from './parts.ts'
import { MEASURED, readSections, reportPage } from './report.ts'

const { values, positionals } = parseArgs({
  options: { keep: { type: 'boolean', default: false } },
  allowPositionals: true,
})
const [folder] = positionals
if (!folder) throw new Error('Name the folder that the benches wrote to (BEATLOOM_POCKET_FOLDER).')
const names = Object.keys(PARTS)
const sections = readSections(folder, names)
if (sections.length === 0) throw new Error(`There are no sections in ${folder}.`)
const page = reportPage(sections, names)
writeFileSync(join(folder, 'measured.md'), page)
if (values.keep) {
  writeFileSync(MEASURED, page)
  for (const { measures, quick, machine } of sections)
    keep(measures, `npm run bench -- pocket${quick ? ' --quick' : ''}`, machine)
}
process.stdout.write(`${sections.length} of ${names.length} parts: ${join(folder, 'measured.md')}\n`)
