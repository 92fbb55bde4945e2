import { PORT_TYPES, type PortType } from '@beatloom/core'
import { describe, expect, it } from 'vitest'
import { refusalText } from '../canvas/links/refusal-text.ts'
import { translator } from '../i18n/index.ts'
import { checkLink, fittingPorts, type PortEnd } from './link-rules.ts'
import { testDescriptors, testWorkflow } from './test-graph.ts'

const out = (node: string, port: string): PortEnd => ({ node, port, side: 'output' })
const into = (node: string, port: string): PortEnd => ({ node, port, side: 'input' })
const check = (a: PortEnd, b: PortEnd) => checkLink(testWorkflow(), testDescriptors, a, b)

describe('checkLink', () => {
  it('accepts equal types, whichever end was dragged', () => {
    const expected = { ok: true, from: { node: 'photo', port: 'image' }, to: { node: 'blend', port: 'b' } }
    expect(check(out('photo', 'image'), into('blend', 'b'))).toMatchObject(expected)
    expect(check(into('blend', 'b'), out('photo', 'image'))).toMatchObject(expected)
  })

  it('names the link that an occupied single input would lose', () => {
    expect(check(out('photo', 'image'), into('still', 'image'))).toMatchObject({
      ok: true,
      replaces: { node: 'blend', port: 'image' },
    })
  })

  it('refuses other types, and offers the converter between them', () => {
    expect(check(out('song', 'audio'), into('blend', 'b'))).toEqual({
      ok: false,
      refusal: { code: 'type_mismatch', from: 'AUDIO', to: 'IMAGE', converters: [] },
    })
    expect(check(out('blend', 'image'), into('save', 'frames'))).toEqual({
      ok: false,
      refusal: { code: 'type_mismatch', from: 'IMAGE', to: 'FRAMES', converters: ['frames.still'] },
    })
  })

  it('refuses loops, equal sides, a node to itself, and ports that do not exist', () => {
    const workflow = testWorkflow()
    workflow.nodes['again'] = {
      type: 'image.blend',
      version: 1,
      params: {},
      links: { a: { node: 'blend', port: 'image' } },
    }
    expect(checkLink(workflow, testDescriptors, out('again', 'image'), into('blend', 'b'))).toMatchObject({
      refusal: { code: 'loop' },
    })
    expect(check(out('photo', 'image'), out('blend', 'image'))).toMatchObject({ refusal: { code: 'both_outputs' } })
    expect(check(into('blend', 'a'), into('blend', 'b'))).toMatchObject({ refusal: { code: 'both_inputs' } })
    expect(check(out('blend', 'image'), into('blend', 'a'))).toMatchObject({ refusal: { code: 'same_node' } })
    expect(check(out('photo', 'nothing'), into('blend', 'a'))).toMatchObject({ refusal: { code: 'unknown_port' } })
  })

  it('lets a node of an unknown type be linked at the ports its links name', () => {
    const workflow = testWorkflow()
    workflow.nodes['odd'] = {
      type: 'nobody.knows',
      version: 3,
      params: { x: 1 },
      links: { in: { node: 'photo', port: 'image' } },
    }
    expect(checkLink(workflow, testDescriptors, out('song', 'audio'), into('odd', 'in'))).toMatchObject({ ok: true })
  })

  it('accepts or refuses every pair of types, and every refusal has a sentence in both languages', () => {
    for (const from of PORT_TYPES) {
      for (const to of PORT_TYPES) {
        const result = checkPair(from, to)
        if (result.ok) {
          expect(from === to || from === 'ANY' || to === 'ANY').toBe(true)
          continue
        }
        for (const language of ['en', 'zh'] as const) {
          const words = refusalText(result.refusal, translator(language))
          expect(words).toContain(from)
          expect(words).toContain(to)
        }
      }
    }
  })
})

function checkPair(from: PortType, to: PortType) {
  const base = testDescriptors.get('value.show')!
  const descriptors = new Map([
    ['a', { ...base, type: 'a', inputs: [], outputs: [{ name: 'out', type: from }] }],
    ['b', { ...base, type: 'b', inputs: [{ name: 'in', type: to }], outputs: [] }],
  ])
  const workflow = testWorkflow()
  const blank = { version: 1, params: {}, links: {} }
  workflow.nodes = { a: { type: 'a', ...blank }, b: { type: 'b', ...blank } }
  return checkLink(workflow, descriptors, out('a', 'out'), into('b', 'in'))
}

describe('M8: refusals', () => {
  const refusal = (result: ReturnType<typeof checkLink>) => (result.ok ? null : result.refusal)
  const sentences = (result: ReturnType<typeof checkLink>) =>
    (['en', 'zh'] as const).map((language) => refusalText(refusal(result)!, translator(language)))

  it('refuses a second frame rate at one node, and offers the node that changes it', () => {
    const workflow = testWorkflow()
    const still = { type: 'frames.still', version: 1, params: {}, links: {} }
    workflow.nodes['slow'] = { ...still }
    workflow.nodes['join'] = {
      type: 'frames.join',
      version: 1,
      params: {},
      links: { first: { node: 'still', port: 'frames' } },
    }
    const rates: Record<string, number> = { still: 24, slow: 16 }
    const facts = ({ node }: { node: string }) => ({ frameRate: rates[node] })
    const ask = (from: string, port: string) =>
      checkLink(workflow, testDescriptors, out(from, 'frames'), into('join', port), facts)
    expect(refusal(ask('slow', 'second'))).toEqual({
      code: 'frame_rates',
      from: 16,
      to: 24,
      retimers: ['frames.retime'],
    })
    for (const words of sentences(ask('slow', 'second'))) expect(words).toMatch(/16.*24/)
    expect(ask('still', 'second').ok).toBe(true)
    // The only other link gives way, so nothing is mixed.
    expect(ask('slow', 'first').ok).toBe(true)
    delete rates['slow']
    expect(ask('slow', 'second').ok).toBe(true)
  })

  it('refuses a sound of another length than the picture it would be saved with, and offers the node that fits it', () => {
    const workflow = testWorkflow()
    const seconds: Record<string, number> = { still: 2, song: 3 }
    let error = 0
    const facts = ({ node }: { node: string }) =>
      seconds[node] === undefined
        ? undefined
        : { durationSeconds: seconds[node], frameRate: 24, ...(error > 0 ? { durationErrorSeconds: error } : {}) }
    const descriptors = new Map(testDescriptors)
    const save = testDescriptors.get('video.save')!
    descriptors.set('video.save', { ...save, terminal: true })
    const ask = (from: string, port: string) =>
      checkLink(workflow, descriptors, out(from, port), into('save', port), facts)
    expect(refusal(ask('song', 'audio'))).toEqual({ code: 'lengths', from: 3, to: 2, fitters: ['audio.fit'] })
    for (const words of sentences(ask('song', 'audio'))) expect(words).toMatch(/3.*2/)
    // The picture cannot be mended by a node in its own link.
    expect(refusal(ask('still', 'frames'))).toEqual({ code: 'lengths', from: 2, to: 3, fitters: [] })
    // What is not exactly known is left to the run.
    error = 1
    expect(ask('song', 'audio').ok).toBe(true)
    error = 0
    seconds['song'] = 2.04
    expect(ask('song', 'audio').ok).toBe(true)
    // At the node that fits one to the other anything may meet.
    seconds['song'] = 3
    workflow.nodes['fit'] = {
      type: 'audio.fit',
      version: 1,
      params: {},
      links: { frames: { node: 'still', port: 'frames' } },
    }
    expect(checkLink(workflow, descriptors, out('song', 'audio'), into('fit', 'audio'), facts).ok).toBe(true)
  })

  it('refuses to change what feeds a locked node', () => {
    const workflow = testWorkflow()
    workflow.layout.marks = { blend: { locked: true } }
    const result = checkLink(workflow, testDescriptors, out('photo', 'image'), into('blend', 'b'))
    expect(refusal(result)).toEqual({ code: 'locked', node: 'blend' })
    expect(new Set(sentences(result)).size).toBe(2)
    expect(checkLink(workflow, testDescriptors, out('blend', 'image'), into('still', 'image')).ok).toBe(true)
  })

  it('takes a param as an input where a link may feed it', () => {
    const workflow = testWorkflow()
    const number = { type: 'value.number', version: 1, params: {}, links: {} }
    workflow.nodes['one'] = { ...number }
    workflow.nodes['two'] = { ...number }
    const ask = (port: string) => checkLink(workflow, testDescriptors, out('one', 'number'), into('two', port))
    expect(ask('value')).toMatchObject({ ok: true, to: { node: 'two', port: 'value' } })
    expect(refusal(ask('nothing'))).toEqual({ code: 'unknown_port' })
    const text = checkLink(workflow, testDescriptors, out('song', 'audio'), into('two', 'value'))
    expect(refusal(text)).toMatchObject({ code: 'type_mismatch', from: 'AUDIO', to: 'NUMBER' })
  })
})

it('offers exact types before ANY', () => {
  const blend = testDescriptors.get('image.blend')!
  const output = { name: 'image', type: 'IMAGE' as const }
  expect(fittingPorts(blend, output, 'output').map((port) => port.name)).toEqual(['a', 'b'])
  expect(fittingPorts(testDescriptors.get('video.save')!, output, 'output')).toEqual([])
})
