import { type NodeDescriptor, parseWorkflow, type Workflow } from '@beatloom/core'
import type { Descriptors } from './link-rules.ts'
import { testDescriptors } from './test-graph.ts'

/** A song, beats found in it, a node to change them by hand, and what takes beats, for tests. */

const blank = {
  ...{ version: 1, description: '', category: 'Test', aliases: [], phase: null, params: [], passThrough: {} },
  ...{ terminal: false, converter: false, transparent: false },
}

const types: NodeDescriptor[] = [
  {
    ...{ ...blank, type: 'song.load', title: 'Song', inputs: [], outputs: [{ name: 'audio', type: 'AUDIO' }] },
    params: [{ name: 'file', description: '', default: '', schema: { type: 'string' }, accept: 'audio' }],
  },
  {
    ...{ ...blank, type: 'song.beats', title: 'Find beats', inputs: [{ name: 'audio', type: 'AUDIO' }] },
    outputs: [{ name: 'found', type: 'BEATS' }],
  },
  {
    ...{ ...blank, type: 'song.hand', title: 'By hand' },
    inputs: [
      { name: 'beats', type: 'BEATS' },
      { name: 'sound', type: 'AUDIO', optional: true },
    ],
    outputs: [{ name: 'changed', type: 'BEATS' }],
    passThrough: { changed: 'beats' },
    params: [{ name: 'edits', description: '', default: [], schema: { type: 'array' }, widget: 'beats' }],
  },
  {
    ...{ ...blank, type: 'song.use', title: 'Use', inputs: [{ name: 'beats', type: 'BEATS' }], outputs: [] },
  },
]

export const musicDescriptors: Descriptors = new Map([
  ...testDescriptors,
  ...types.map((type) => [type.type, type] as const),
])

/** Song → beats → two users. */
export function musicWorkflow(): Workflow {
  const beats = { beats: { node: 'found', port: 'found' } }
  return parseWorkflow({
    beatloom: 1,
    nodes: {
      song: { type: 'song.load', params: { file: 'samples/song.mp3' } },
      found: { type: 'song.beats', links: { audio: { node: 'song', port: 'audio' } } },
      one: { type: 'song.use', links: beats },
      two: { type: 'song.use', links: beats },
    },
    outputs: { beats: { node: 'found', port: 'found' } },
  })
}
