import type { BeatEdit, Display } from '@beatloom/core'
import { produce } from 'immer'
import { expect, it } from 'vitest'
import { insertGrid } from '../document/insert-beat-edits.ts'
import { musicDescriptors, musicWorkflow } from '../document/test-music.ts'
import { analysisBehind, knownBeats } from './known-beats.ts'

const from = { node: 'found', port: 'found' }
const shown: Display = {
  kind: 'beats',
  durationSeconds: 4,
  beats: [0, 1, 2, 3],
  downbeats: [0],
  tempoBpm: 60,
  confidence: 0.9,
  peaks: [0, 1],
}
const ran = { workflow: musicWorkflow(), displays: { found: [shown] } }

function corrected(edits: BeatEdit[]) {
  const put = insertGrid(musicWorkflow(), musicDescriptors, from, { x: 0, y: 0 })!
  const workflow = produce(musicWorkflow(), (draft) => {
    put.recipe(draft)
    draft.nodes[put.id]!.params['edits'] = edits
  })
  return { workflow, link: { node: put.id, port: 'changed' }, id: put.id }
}

it('beats are known once a run has found them, and for that song alone', () => {
  const workflow = musicWorkflow()
  expect(knownBeats(workflow, musicDescriptors, { workflow: null, displays: {} }, from)).toBeNull()
  expect(knownBeats(workflow, musicDescriptors, ran, from)?.beats.beats).toEqual([0, 1, 2, 3])
  const another = produce(workflow, (draft) => {
    draft.nodes['song']!.params['file'] = 'samples/another.mp3'
  })
  expect(knownBeats(another, musicDescriptors, ran, from)).toBeNull()
})

it('changes by hand made since the run are carried out on them, unless their node is bypassed', () => {
  const { workflow, link, id } = corrected([{ do: 'move', at: 1, to: 1.5 }])
  expect(knownBeats(workflow, musicDescriptors, ran, link)?.beats.beats).toEqual([0, 1.5, 2, 3])
  const bypassed = produce(workflow, (draft) => {
    draft.nodes[id]!.mode = 'bypass'
  })
  expect(knownBeats(bypassed, musicDescriptors, ran, link)?.beats.beats).toEqual([0, 1, 2, 3])
})

it('a file whose edits are no edits shows the beats as they were found', () => {
  const { workflow, link } = corrected([{ do: 'dance' }, 7] as unknown as BeatEdit[])
  expect(knownBeats(workflow, musicDescriptors, ran, link)?.beats.beats).toEqual([0, 1, 2, 3])
})

it('where the analysis was not needed, what a node showed without changes is what was found', () => {
  const { workflow, link, id } = corrected([{ do: 'remove', at: 1 }])
  const without = corrected([]).workflow
  const displays = { [id]: [shown] }
  expect(knownBeats(workflow, musicDescriptors, { workflow: without, displays }, link)?.beats.beats).toEqual([0, 2, 3])
  expect(knownBeats(workflow, musicDescriptors, { workflow, displays }, link), 'changed already').toBeNull()
  expect(analysisBehind(workflow, musicDescriptors, link)).toBe('found')
})
