import { type NodeDescriptor, type PortDescriptor, parseWorkflow, type Workflow } from '@beatloom/core'
import type { Descriptors } from './link-rules.ts'

/** Small node types and graphs for tests. */

function describe(
  type: string,
  inputs: PortDescriptor[],
  outputs: PortDescriptor[],
  more: Partial<NodeDescriptor> = {},
): NodeDescriptor {
  const blank = { version: 1, description: '', category: 'Test', aliases: [], phase: null, params: [], passThrough: {} }
  return {
    type,
    title: type,
    terminal: false,
    converter: false,
    transparent: false,
    ...blank,
    inputs,
    outputs,
    ...more,
  }
}

export const testDescriptors: Descriptors = new Map(
  [
    describe('image.load', [], [{ name: 'image', type: 'IMAGE' }]),
    describe('audio.load', [], [{ name: 'audio', type: 'AUDIO' }]),
    describe(
      'image.blend',
      [
        { name: 'a', type: 'IMAGE' },
        { name: 'b', type: 'IMAGE', optional: true },
      ],
      [{ name: 'image', type: 'IMAGE' }],
    ),
    describe('image.stack', [{ name: 'images', type: 'IMAGE', list: true }], [{ name: 'frames', type: 'FRAMES' }]),
    describe('frames.still', [{ name: 'image', type: 'IMAGE' }], [{ name: 'frames', type: 'FRAMES' }], {
      converter: true,
    }),
    describe(
      'video.save',
      [
        { name: 'frames', type: 'FRAMES' },
        { name: 'audio', type: 'AUDIO', optional: true },
      ],
      [],
    ),
    describe('graph.reroute', [{ name: 'in', type: 'ANY' }], [{ name: 'out', type: 'ANY' }], {
      transparent: true,
      passThrough: { out: 'in' },
    }),
    describe(
      'frames.join',
      [
        { name: 'first', type: 'FRAMES' },
        { name: 'second', type: 'FRAMES' },
      ],
      [{ name: 'frames', type: 'FRAMES' }],
    ),
    describe('frames.retime', [{ name: 'frames', type: 'FRAMES' }], [{ name: 'frames', type: 'FRAMES' }], {
      retimes: true,
    }),
    describe(
      'audio.fit',
      [
        { name: 'audio', type: 'AUDIO' },
        { name: 'frames', type: 'FRAMES', optional: true },
      ],
      [{ name: 'audio', type: 'AUDIO' }],
      { fitsSound: true },
    ),
    describe('value.number', [], [{ name: 'number', type: 'NUMBER' }], {
      params: [{ name: 'value', description: '', schema: { type: 'number' }, default: 0, port: 'NUMBER' }],
    }),
    describe('value.show', [{ name: 'value', type: 'ANY' }], []),
  ].map((descriptor) => [descriptor.type, descriptor]),
)

/** photo → blend → still → save, with a song beside. */
export function testWorkflow(): Workflow {
  return parseWorkflow({
    beatloom: 1,
    title: 'Test',
    inputs: { picture: { node: 'photo', param: 'file' } },
    outputs: { video: { node: 'save', port: 'video' } },
    nodes: {
      photo: { type: 'image.load', params: { file: 'samples/cover.jpg' } },
      blend: { type: 'image.blend', links: { a: { node: 'photo', port: 'image' } } },
      still: { type: 'frames.still', links: { image: { node: 'blend', port: 'image' } } },
      song: { type: 'audio.load' },
      save: {
        type: 'video.save',
        links: { frames: { node: 'still', port: 'frames' }, audio: { node: 'song', port: 'audio' } },
      },
    },
    layout: { nodes: { photo: [0, 0], blend: [300, 0], still: [600, 0], song: [0, 300], save: [900, 0] }, groups: [] },
  })
}
