import { type NodeDescriptor, type ParamDescriptor, parseWorkflow, serializeWorkflow } from '@beatloom/core'
import { describe, expect, it } from 'vitest'
import { leavingItems, mediaOf, SHARE_PARTS, withoutParts } from './share-parts.ts'
import { testDescriptors } from './test-graph.ts'

const param = (name: string, widget: ParamDescriptor['widget'], fallback?: unknown): ParamDescriptor => ({
  name,
  description: '',
  schema: { type: 'string' },
  default: fallback,
  ...(widget ? { widget } : {}),
})
const known = (type: string, ...params: ParamDescriptor[]): [string, NodeDescriptor] => [
  type,
  { ...testDescriptors.get('image.load')!, type, params },
]
const descriptors = new Map([
  known('image.load', param('file', 'file')),
  known('image.load-several', { ...param('files', 'file', []), several: true }),
  known('text.prompt', param('text', 'multiline'), param('negative', 'multiline', 'blurry')),
  known('sampler.sample', param('seed', 'seed'), param('sampler', 'choice'), param('model', 'model')),
])

const SHA = 'a'.repeat(64)
const workflow = parseWorkflow({
  beatloom: 1,
  title: 'Anna’s wedding',
  description: 'for mum',
  author: { mail: 'anna@example.org' },
  inputs: { prompt: { node: 'prompt', param: 'text', label: 'Vow', help: 'say it' } },
  outputs: { video: { node: 'sampler', port: 'x', label: 'Film' } },
  nodes: {
    picture: { type: 'image.load', title: 'Anna', params: { file: `assets/${SHA}/anna-and-ben.jpg` } },
    sample: { type: 'image.load', params: { file: 'samples/cover.jpg' } },
    prompt: { type: 'text.prompt', params: { text: 'two people kiss', negative: 'blurry' }, note: 'secret note' },
    sampler: { type: 'sampler.sample', params: { seed: '7', sampler: 'euler', model: 'pocket' } },
    odd: { type: 'nobody.knows', params: { deep: { list: ['hidden words'] }, where: '/home/anna/x.png', size: 3 } },
  },
  layout: {
    nodes: {},
    groups: [{ id: 'g', title: 'Ceremony', nodes: [] }],
    marks: { odd: { labels: { 'input.x': 'Ring' } } },
  },
})

describe('D7: what leaves with a workflow', () => {
  it('is listed by kind, with where it stands', () => {
    const { texts, names, paths } = leavingItems(workflow, descriptors)
    expect(texts.map((item) => item.text)).toEqual([
      'two people kiss',
      'secret note',
      'hidden words',
      'anna@example.org',
    ])
    expect(names.map((item) => item.text)).toEqual([
      'Anna’s wedding',
      'for mum',
      'Anna',
      'Vow',
      'say it',
      'Film',
      'Ceremony',
      'Ring',
    ])
    expect(paths).toEqual([
      { where: 'Anna', text: `assets/${SHA}/anna-and-ben.jpg` },
      { where: 'odd', text: '/home/anna/x.png' },
    ])
    expect(mediaOf(workflow, descriptors)).toEqual([`assets/${SHA}/anna-and-ben.jpg`])
  })

  it('names each file of a list, but for those that everybody has', () => {
    const files = [`assets/${SHA}/one.jpg`, 'samples/cover.jpg', `artifacts/${SHA}/two.png`, `assets/${SHA}/one.jpg`]
    const album = parseWorkflow({
      beatloom: 1,
      nodes: {
        album: { type: 'image.load-several', params: { files } },
        sample: { type: 'image.load-several', params: { files: ['samples/cover.jpg'] } },
      },
    })
    expect(mediaOf(album, descriptors)).toEqual([files[0], files[2]])
    expect(leavingItems(album, descriptors).paths.map(({ where }) => where)).toEqual(Array(4).fill('album'))
    const bare = withoutParts(album, descriptors, new Set(['paths']))
    expect(bare.nodes['album']?.params).toEqual({})
    expect(bare.nodes['sample']?.params).toEqual({ files: ['samples/cover.jpg'] })
  })

  it('with every kind held back, no personal word is left, and what runs stays', () => {
    const text = serializeWorkflow(withoutParts(workflow, descriptors, new Set(SHARE_PARTS)))
    for (const { text: secret } of Object.values(leavingItems(workflow, descriptors)).flat()) {
      expect(text).not.toContain(JSON.stringify(secret))
    }
    expect(text).not.toMatch(/anna|mum|kiss|secret|hidden|Ring|Vow/i)
    const kept = parseWorkflow(text)
    expect(kept.nodes.sampler).toEqual(workflow.nodes.sampler)
    expect(kept.nodes.sample).toEqual(workflow.nodes.sample)
    expect(kept.nodes.odd?.params).toEqual({ size: 3 })
    expect(Object.values(leavingItems(kept, descriptors)).flat()).toEqual([])
  })

  it('each kind goes by itself, and the document stays as it was', () => {
    const before = serializeWorkflow(workflow)
    for (const part of SHARE_PARTS) {
      const left = leavingItems(withoutParts(workflow, descriptors, new Set([part])), descriptors)
      for (const other of SHARE_PARTS) {
        const count = leavingItems(workflow, descriptors)[other].length
        expect(left[other].length, `${other} without ${part}`).toBe(other === part ? 0 : count)
      }
    }
    expect(serializeWorkflow(workflow)).toBe(before)
  })
})
