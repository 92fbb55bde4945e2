import { readFeatures } from './analyse-beats.ts'
import { beatConfidence } from './beat-confidence.ts'
import { onsetActivation } from './onset-activation.ts'
import { tempoSalience } from './tempo-salience.ts'
import { bestBeatPath } from './beat-path.ts'
import { beatTimes } from './beat-times.ts'
import { drumLoop, inChunks, randomFrom, render, steadyBeats } from './synthetic-sounds.ts'
const run = async (name: string, s: Float32Array) => {
  const f = await readFeatures(inChunks(s), 44100, new AbortController().signal, undefined)
  const on = onsetActivation(f); const tempo = tempoSalience(on.strength, 100, { minTempo: 50, maxTempo: 215, tempoHint: 0 })
  const times = beatTimes(bestBeatPath(on.activation, 100, tempo), on, 100)
  return beatConfidence(times, on, 100)
}
for (const sec of [1, 3, 8, 15, 30]) {
  const c: number[] = [], h: number[] = []
  for (let k = 0; k < 12; k++) { const r = randomFrom(k * 31 + sec)
    c.push(await run('noise', Float32Array.from({ length: sec * 44100 }, () => r() - 0.5)))
    h.push(await run('hits', render(Array.from({ length: Math.ceil(1.3 * sec) }, () => ({ time: r() * sec, sound: 'pluck' as const, hz: 200 + 600 * r() })), sec)))
  }
  const show = (x: number[]) => x.sort((a, b) => a - b).map((v) => v.toFixed(2)).join(' ')
  console.log(sec, 'noise', show(c)); console.log(sec, 'random hits', show(h))
  console.log(sec, 'drums', (await run('d', drumLoop(steadyBeats(120, sec, 0.17), 4, sec))).toFixed(2))
}
const times: number[] = []; for (let time = 0.3; time < 29.5; time += 60 / (132 - 1.2 * time)) times.push(time)
console.log('ramp', await run('r', drumLoop(times, 4, 30)))
