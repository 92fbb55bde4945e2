import type { NodeDescriptor, PortDescriptor } from '@beatloom/core'
import { produce } from 'immer'
import { describe, expect, it } from 'vitest'
import { toggleMode } from './edits.ts'
import { skippedByMute } from './muted.ts'
import { routesOf, whyNoBypass } from './pass-through.ts'
import { testDescriptors, testWorkflow } from './test-graph.ts'

const blend = testDescriptors.get('image.blend')!
const passing: NodeDescriptor = { ...blend, passThrough: { image: 'a' } }

describe('K9, C2: bypass', () => {
  it('follows declared pairs of one type, and no others', () => {
    expect(routesOf(passing).map(({ output, input }) => [output.name, input.name])).toEqual([['image', 'a']])
    const audio: PortDescriptor = { name: 'a', type: 'AUDIO' }
    expect(routesOf({ ...passing, inputs: [audio] })).toEqual([])
    expect(routesOf({ ...passing, inputs: [{ name: 'a', type: 'IMAGE', list: true }] })).toEqual([])
    expect(routesOf({ ...passing, passThrough: { image: 'nothing' } })).toEqual([])
  })

  it('is refused where no pair is declared, and where an output in use has none', () => {
    const workflow = testWorkflow()
    expect(whyNoBypass(workflow, 'blend', passing)).toBeNull()
    expect(whyNoBypass(workflow, 'blend', blend)).toEqual({ reason: 'none' })
    expect(whyNoBypass(workflow, 'blend', undefined)).toEqual({ reason: 'none' })
    const mask: PortDescriptor = { name: 'mask', type: 'MASK' }
    const two = { ...passing, outputs: [...passing.outputs, mask] }
    expect(whyNoBypass(workflow, 'blend', two)).toBeNull()
    const used = produce(workflow, (draft) => {
      draft.outputs.mask = { node: 'blend', port: 'mask' }
    })
    expect(whyNoBypass(used, 'blend', two)).toEqual({ reason: 'output', output: mask })
  })
})

describe('K9: mute', () => {
  const mute = (...ids: string[]) => produce(testWorkflow(), toggleMode(ids, 'mute'))
  const skipped = (...ids: string[]) => Object.fromEntries(skippedByMute(mute(...ids), testDescriptors))

  it('skips everything that needs the node, and says which node that is', () => {
    expect(skipped('blend')).toEqual({ still: 'blend', save: 'blend' })
    expect(skipped('save')).toEqual({})
    expect(skipped('song', 'still')).toEqual({ save: 'still' })
  })

  it('does not reach through inputs that a bypassed node leaves aside', () => {
    const known = new Map([...testDescriptors, ['image.blend', passing]])
    const start = produce(testWorkflow(), (draft) => {
      draft.nodes.mask = { type: 'image.load', version: 1, params: {}, links: {} }
      draft.nodes.blend!.links.b = { node: 'mask', port: 'image' }
      draft.nodes.blend!.mode = 'bypass'
    })
    expect([...skippedByMute(produce(start, toggleMode(['mask'], 'mute')), known)]).toEqual([])
    const through = skippedByMute(produce(start, toggleMode(['photo'], 'mute')), known)
    expect(Object.fromEntries(through)).toEqual({ still: 'photo', save: 'photo' })
  })
})
