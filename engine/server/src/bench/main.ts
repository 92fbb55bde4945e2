/** `npm run -s bench -- [NAME …] [--json] [--keep] [--quick]`: measures beside the last kept numbers. */
import { parseArgs } from 'node:util'
import { clickTracksBench } from './click-tracks-bench.ts'
import { decoderBench } from './decoder-bench.ts'
import { engineBench } from './engine-bench.ts'
import { framesBench } from './frames-bench.ts'
import { type KeptMeasure, keep, readKept } from './kept-numbers.ts'
import type { Bench, BenchOptions, Measure } from './measure.ts'
import { pocketBench } from './pocket/pocket-bench.ts'
import { serverBench } from './server-bench.ts'
import { songVideoBench } from './song-video-bench.ts'
import { wholeSongBench } from './whole-song-bench.ts'

const editorModule = (name: string): string => new URL(`../../../../editor/bench/${name}.ts`, import.meta.url).href

/** These lie with the editor, since they speak of pages; loaded when asked for. */
async function* editorBench(options: BenchOptions): AsyncGenerator<Measure> {
  const { editorBench: bench } = (await import(editorModule('editor-bench'))) as { editorBench: Bench }
  yield* bench(options)
}
async function* waitsBench(options: BenchOptions): AsyncGenerator<Measure> {
  const { waitsBench: bench } = (await import(editorModule('waits-bench'))) as { waitsBench: Bench }
  yield* bench(options)
}

const BENCHES: Record<string, Bench> = {
  engine: engineBench,
  server: serverBench,
  frames: framesBench,
  decoder: decoderBench,
  'song-video': songVideoBench,
  editor: editorBench,
  waits: waitsBench,
  pocket: pocketBench,
  'whole-song': wholeSongBench,
  'click-tracks': clickTracksBench,
}
/** Asked for by name alone: each takes many minutes on two cores. */
const ON_REQUEST = new Set(['pocket', 'whole-song', 'click-tracks'])

const { values, positionals } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    keep: { type: 'boolean', default: false },
    quick: { type: 'boolean', default: false },
  },
  allowPositionals: true,
})

async function main(): Promise<number> {
  const unknown = positionals.filter((name) => !Object.hasOwn(BENCHES, name))
  if (unknown.length > 0) {
    process.stderr.write(`No bench called ${unknown.join(', ')}; there are ${Object.keys(BENCHES).join(', ')}.\n`)
    return 2
  }
  const kept = readKept()
  let failed = false
  for (const name of positionals.length > 0
    ? positionals
    : Object.keys(BENCHES).filter((known) => !ON_REQUEST.has(known))) {
    const command = `npm run bench -- ${name}${values.quick ? ' --quick' : ''}`
    try {
      for await (const measure of (BENCHES[name] as Bench)(values)) {
        // At once: half an hour of measuring may be stopped before its end.
        if (values.keep) keep([measure], command)
        process.stdout.write(`${values.json ? JSON.stringify(measure) : row(measure, kept[measure.name])}\n`)
      }
    } catch (error) {
      failed = true
      process.stderr.write(`${name}: ${(error as Error).message}\n`)
    }
  }
  return failed ? 1 : 0
}

function row(measure: Measure, before: KeptMeasure | undefined): string {
  const { name, value, unit, aim } = measure
  const number = (amount: number): string => `${amount.toFixed(amount < 10 ? 2 : 0)} ${unit}`
  const aimText = aim === null ? '' : `aim ${measure.atLeast ? '≥' : '≤'} ${number(aim)}`
  const keptText = before ? `kept ${number(before.value)} (${before.date})` : ''
  return `${name.padEnd(50)}${number(value).padStart(12)}   ${aimText.padEnd(20)}${keptText}`.trimEnd()
}

process.exitCode = await main()
