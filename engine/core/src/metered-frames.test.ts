import { expect, it } from 'vitest'
import { z } from 'zod'
import { createRegistry, defineNode } from './node-definition.ts'
import { runWorkflow, testHost } from './testing.ts'
import type { Frames } from './values.ts'

const image = { width: 1, height: 1, channels: 3 as const, data: new Uint8Array(3) }

const film = defineNode({
  ...{ type: 'test.film', version: 1, title: 'Film', description: '', category: 'test' },
  inputs: {},
  outputs: { frames: { type: 'FRAMES' } },
  params: z.object({}),
  run(_inputs, _params, { display }) {
    display({ kind: 'note', code: 'early', text: 'Before the frames.' })
    const frames: Frames = {
      ...{ width: 1, height: 1, frameRate: 1, frameCount: 3 },
      async *frames() {
        yield image
        display({ kind: 'note', code: 'late', text: 'At the second frame.' })
        yield image
        yield image
      },
    }
    return { frames }
  },
})
const count = defineNode({
  ...{ type: 'test.count', version: 1, title: 'Count', description: '', category: 'test', terminal: true },
  inputs: { frames: { type: 'FRAMES' } },
  outputs: { count: { type: 'NUMBER' } },
  params: z.object({}),
  async run({ frames }, _params, { signal }) {
    let seen = 0
    for await (const _ of frames.frames(signal)) seen++
    return { count: seen }
  },
})

it('shows what a node remarks while its frames are read, before it is finished', async () => {
  const { events, last } = await runWorkflow(
    {
      ...{ beatloom: 1, inputs: {}, outputs: {} },
      nodes: {
        film: { type: 'test.film', version: 1 },
        count: { type: 'test.count', version: 1, links: { frames: { node: 'film', port: 'frames' } } },
      },
    },
    createRegistry([film, count]),
    testHost(),
  )
  expect(last.type).toBe('run.finished')
  const told: string[] = []
  for (const event of events) {
    if (event.type === 'node.finished') told.push(event.node)
    if (event.type !== 'node.display') continue
    told.push(event.items.map((item) => (item.kind === 'note' ? item.code : item.kind)).join(' '))
  }
  expect(told).toEqual(['early', 'early late', 'film', 'count'])
})
