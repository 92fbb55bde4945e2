import { readFileSync } from 'node:fs'
import { analyseBeats } from './analyse-beats.ts'
import { inChunks, randomFrom, render, SAMPLE_RATE } from './synthetic-sounds.ts'
const src = readFileSync('nodes/beats/bad-sounds.test.ts', 'utf8')
const fn = src.slice(src.indexOf('function speech('), src.indexOf("describe('sounds without"))
const speech = new Function('randomFrom', 'SAMPLE_RATE', 'return ' + fn.replace(/: Float32Array|: number/g, ''))(randomFrom, SAMPLE_RATE)
const show = (x: number[]) => x.sort((a, b) => a - b).map((v) => v.toFixed(2)).join(' ')
for (const sec of [8, 15, 25, 60]) {
  const c: number[] = [], h: number[] = []
  for (let k = 1; k <= 10; k++) {
    const go = async (s: Float32Array) => (await analyseBeats(inChunks(s), { sampleRate: 44100, durationSeconds: sec, fromBeginning: true, signal: new AbortController().signal })).beats.confidence
    c.push(await go(speech(sec, k)))
    const r = randomFrom(k * 31 + sec)
    h.push(await go(render(Array.from({ length: Math.ceil(1.3 * sec) }, () => ({ time: r() * sec, sound: 'pluck' as const, hz: 200 + 600 * r() })), sec)))
  }
  console.log(sec, 'speech', show(c)); console.log(sec, 'hits', show(h))
}
