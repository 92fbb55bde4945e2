import type { Measure } from '../measure.ts'
import { beatBench, genreBench } from './beat-bench.ts'
import { borderBench } from './border-bench.ts'
import { cameraNullBench, cameraPairsBench, cameraSpeedsBench, cameraWordsBench } from './camera-bench.ts'
import { flashBench } from './flash-bench.ts'
import { lightBench } from './light-bench.ts'
import { facesBench, sharpnessBench, stillBench } from './quality-bench.ts'
import type { Stage } from './stage.ts'

/** The parts of the pocket bench, in the order of its page. None needs another. */
export const PARTS: Record<string, (stage: Stage) => AsyncIterable<Measure>> = {
  'camera-words-en': (stage) => cameraWordsBench(stage, 'en'),
  'camera-words-zh': (stage) => cameraWordsBench(stage, 'zh'),
  'camera-pairs-en': (stage) => cameraPairsBench(stage, 'en'),
  'camera-pairs-zh': (stage) => cameraPairsBench(stage, 'zh'),
  'camera-speeds': cameraSpeedsBench,
  'camera-null': cameraNullBench,
  'beat-songs': beatBench,
  'beat-genres': genreBench,
  'flashes-en': (stage) => flashBench(stage, 'en'),
  'flashes-zh': (stage) => flashBench(stage, 'zh'),
  light: lightBench,
  'quality-still': stillBench,
  'quality-sharpness': sharpnessBench,
  'quality-faces': facesBench,
  border: borderBench,
}

/**
 * @param wanted names with commas; `camera` stands for every part whose name begins with `camera-`.
 * @throws {Error} naming the parts there are when one is unknown.
 */
export function partsNamed(wanted: string | undefined): string[] {
  const names = Object.keys(PARTS)
  if (!wanted) return names
  const chosen = new Set<string>()
  for (const word of wanted.split(',')) {
    const found = names.filter((name) => name === word || name.startsWith(`${word}-`))
    if (found.length === 0) throw new Error(`No part called "${word}"; there are ${names.join(', ')}.`)
    for (const name of found) chosen.add(name)
  }
  return names.filter((name) => chosen.has(name))
}
