import { parseWorkflow } from '@beatloom/core'
import { expect, it } from 'vitest'
import { emptyRun } from '../run/run-view.ts'
import { shownOutputs } from './run-outputs.ts'

const workflow = parseWorkflow({
  beatloom: 1,
  nodes: { beats: { type: 'beats.detect' }, report: { type: 'beats.report' }, save: { type: 'video.save-mp4' } },
  outputs: {
    video: { node: 'save', port: 'video', order: 0 },
    summary: { node: 'report', port: 'text', order: 2 },
    beats: { node: 'beats', port: 'beats', order: 1 },
    secret: { node: 'report', port: 'tempo', hidden: true },
    never: { node: 'report', port: 'json' },
  },
})
const file = { sha256: 'a', name: 'clip.mp4', url: '/clip.mp4' }
const beats = { kind: 'beats', beats: [1], downbeats: [1], tempoBpm: 120, durationSeconds: 2 } as never
const note = { kind: 'note', code: 'x', text: 'said elsewhere' } as never

it("A4: a run's results are its declared outputs in the form's order, hidden ones left out", () => {
  const run = {
    ...emptyRun('r'),
    outputs: [
      { name: 'summary', type: 'TEXT', value: '120 BPM' },
      { name: 'video', type: 'VIDEO', file, mime: 'video/mp4' },
      { name: 'beats', type: 'BEATS' },
      { name: 'secret', type: 'NUMBER', value: 120 },
    ],
    displays: { beats: [beats, note], save: [note] },
  }
  const shown = shownOutputs(run, workflow)
  expect(shown.map(({ declared, displays }) => [declared.name, displays])).toEqual([
    ['video', []],
    ['beats', [beats]],
    ['summary', []],
  ])
})
