import { join } from 'node:path'
import type { BenchOptions, Measure } from '../measure.ts'
import { beatBench } from './beat-bench.ts'
import { borderBench } from './border-bench.ts'
import { cameraBench } from './camera-bench.ts'
import { lightBench } from './light-bench.ts'
import { qualityBench } from './quality-bench.ts'
import { MEASURED, reportPage, writeReport } from './report.ts'
import { openStage } from './stage.ts'

const PARTS = {
  camera: cameraBench,
  beat: beatBench,
  light: lightBench,
  quality: qualityBench,
  border: borderBench,
}

/**
 * The model in the box as people see it: videos made by the song-video workflow, decoded and measured on their pixels.
 * Prints where the contact sheets and the page with every prompt lie; with `--keep` the page goes beside the model.
 * BEATLOOM_POCKET_PARTS names the parts to run, with commas, while something is being mended.
 */
export async function* pocketBench(options: BenchOptions): AsyncGenerator<Measure> {
  const say = (text: string): boolean => process.stderr.write(`${text}\n`)
  const stage = await openStage(options, say)
  const startedAt = performance.now()
  const measures: Measure[] = []
  const wanted = process.env.BEATLOOM_POCKET_PARTS?.split(',') ?? Object.keys(PARTS)
  const parts = wanted.map((name) => PARTS[name as keyof typeof PARTS])
  try {
    for (const part of parts) {
      for await (const measure of part(stage)) {
        measures.push(measure)
        yield measure
      }
    }
    const minutes = (performance.now() - startedAt) / 60_000
    yield {
      name: `pocket bench${options.quick ? ', quick' : ''}: minutes`,
      value: minutes,
      unit: '',
      aim: options.quick ? 4 : 30,
    }
  } finally {
    await stage.finish()
    const command = `npm run -s bench -- pocket${options.quick ? ' --quick' : ''}`
    const page = reportPage(measures, stage, command)
    writeReport(join(stage.folder, 'measured.md'), page)
    if (options.keep) writeReport(MEASURED, page)
    say(`Contact sheets and every prompt: ${stage.folder}`)
  }
}
