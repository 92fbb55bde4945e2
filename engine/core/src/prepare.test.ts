import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { AppError } from './errors.ts'
import { createRegistry, defineNode } from './node-definition.ts'
import { keyPartsOf, planOf } from './plan.ts'
import { prepareRun } from './prepare.ts'
import { testHost } from './testing.ts'
import { parseWorkflow, serializeWorkflow } from './workflow.ts'

const load = defineNode({
  type: 'image.load',
  version: 2,
  title: 'LoadImage',
  description: '',
  category: 'test',
  inputs: {},
  outputs: { image: { type: 'IMAGE' } },
  params: z.object({
    file: z.string().default('').meta({ widget: 'file', accept: 'image' }),
    scale: z.number().min(1).max(4).default(1),
  }),
  migrations: { 1: ({ zoom, ...rest }) => ({ ...rest, scale: zoom ?? 1 }) },
  run: () => ({ image: { width: 1, height: 1, channels: 1, data: new Uint8Array(1) } }),
})
const blur = defineNode({
  type: 'image.blur',
  version: 1,
  title: 'Blur',
  description: '',
  category: 'test',
  passThrough: { image: 'image' },
  inputs: { image: { type: 'IMAGE' } },
  outputs: { image: { type: 'IMAGE' } },
  params: z.object({ radius: z.number().default(1) }),
  run: ({ image }) => ({ image }),
})
const measure = defineNode({
  type: 'image.measure',
  version: 1,
  title: 'Measure',
  description: '',
  category: 'test',
  terminal: true,
  inputs: { image: { type: 'IMAGE' } },
  outputs: { width: { type: 'NUMBER' } },
  params: z.object({}),
  run: ({ image }) => ({ width: image.width }),
})
const registry = createRegistry([load, blur, measure])
const host = testHost({
  files: {
    resolve: async (reference) => {
      if (reference.includes('..')) throw new AppError('path_refused', `"${reference}" leaves the data folder.`)
      if (!reference.startsWith('samples/')) throw new AppError('file_missing', `There is no file "${reference}".`)
      return { path: `/x/${reference}`, name: reference, sha256: `hash of ${reference}` }
    },
  },
})
const prepare = (workflow: object, options: object = {}) =>
  prepareRun(parseWorkflow({ beatloom: 1, ...workflow }), { registry, host, ...options })
const sound = {
  inputs: { picture: { node: 'pic', param: 'file' }, scale: { node: 'pic', param: 'scale', min: 1, max: 3 } },
  outputs: { width: { node: 'size', port: 'width' } },
  nodes: {
    pic: { type: 'image.load', version: 2, params: { file: 'samples/a.jpg' } },
    blur: { type: 'image.blur', links: { image: { node: 'pic', port: 'image' } } },
    size: { type: 'image.measure', links: { image: { node: 'blur', port: 'image' } } },
  },
}
const codes = (result: { issues: { code: string }[] }) => result.issues.map((issue) => issue.code).sort()

describe('prepareRun', () => {
  it('lists every problem at once, each with its place and the right names', async () => {
    const { issues, prepared } = await prepare(
      {
        ...sound,
        nodes: {
          pic: { type: 'image.load', version: 2, params: { fil: 'x', scale: 9 } },
          blur: { type: 'image.blurr', links: { image: { node: 'pic', port: 'image' } } },
          size: {
            type: 'image.measure',
            links: { image: { node: 'pic', port: 'imag' }, other: { node: 'nowhere', port: 'x' } },
          },
        },
      },
      { inputs: { pictur: 'samples/a.jpg' } },
    )
    expect(prepared).toBeNull()
    expect(issues).toContainEqual(
      expect.objectContaining({
        code: 'unknown_param',
        node: 'pic',
        param: 'fil',
        valid: ['file', 'scale'],
        severity: 'error',
      }),
    )
    expect(issues).toContainEqual(expect.objectContaining({ code: 'param_invalid', node: 'pic', param: 'scale' }))
    expect(issues).toContainEqual(
      expect.objectContaining({ code: 'link_port_missing', node: 'size', port: 'image', valid: ['image'] }),
    )
    expect(issues).toContainEqual(expect.objectContaining({ code: 'unknown_input', node: 'size', port: 'other' }))
    expect(issues).toContainEqual(
      expect.objectContaining({
        code: 'unknown_input_name',
        valid: ['picture', 'scale'],
        message: expect.stringContaining('did you mean "picture"'),
      }),
    )
    // Nothing wanted needs the blur node any more, so its unknown type is only a warning.
    expect(issues).toContainEqual(
      expect.objectContaining({
        code: 'unknown_node_type',
        node: 'blur',
        severity: 'warning',
        message: expect.stringContaining('"image.blur"'),
      }),
    )
  })

  it('names the nodes of a cycle', async () => {
    const { issues } = await prepare({
      nodes: {
        a: { type: 'image.blur', links: { image: { node: 'b', port: 'image' } } },
        b: { type: 'image.blur', links: { image: { node: 'a', port: 'image' } } },
        size: { type: 'image.measure', links: { image: { node: 'a', port: 'image' } } },
      },
    })
    expect(issues).toContainEqual(
      expect.objectContaining({
        code: 'cycle',
        severity: 'error',
        message: expect.stringMatching(/a → b → a|b → a → b/),
      }),
    )
  })

  it('refuses a link between types that do not fit', async () => {
    const { issues } = await prepare({
      nodes: {
        pic: sound.nodes.pic,
        m: { type: 'image.measure', links: { image: { node: 'pic', port: 'image' } } },
        b: { type: 'image.blur', links: { image: { node: 'm', port: 'width' } } },
      },
      outputs: { out: { node: 'b', port: 'image' } },
    })
    expect(codes({ issues })).toEqual(['type_mismatch'])
  })

  it('checks declared ranges, missing files and paths that leave the data folder', async () => {
    expect(codes(await prepare(sound, { inputs: { scale: 3.5 } }))).toEqual(['input_value_invalid'])
    expect(codes(await prepare(sound, { inputs: { picture: 'gone.jpg' } }))).toEqual(['file_missing'])
    expect(codes(await prepare(sound, { inputs: { picture: '../../etc/passwd' } }))).toEqual(['file_refused'])
    expect(codes(await prepare(sound, { inputs: { picture: '' } }))).toEqual(['file_missing'])
  })

  it('runs the wanted outputs beside a broken part that nothing wants', async () => {
    const { issues, prepared } = await prepare({
      ...sound,
      nodes: {
        ...sound.nodes,
        lost: { type: 'from.elsewhere' },
        view: { type: 'image.measure', links: { image: { node: 'lost', port: 'x' } } },
      },
    })
    expect(issues.map(({ code, severity }) => [code, severity])).toEqual([['unknown_node_type', 'warning']])
    expect(prepared?.wanted).toEqual(['size'])
  })

  it('leaves out muted nodes with all that needs them, and joins through bypassed ones', async () => {
    const bypassed = await prepare({
      ...sound,
      nodes: { ...sound.nodes, blur: { ...sound.nodes.blur, mode: 'bypass' } },
    })
    expect([...(bypassed.prepared?.nodes.keys() ?? [])]).toEqual(['pic', 'size'])
    const muted = await prepare({ ...sound, nodes: { ...sound.nodes, blur: { ...sound.nodes.blur, mode: 'mute' } } })
    expect(codes(muted)).toEqual(['no_outputs'])
  })

  it('brings params of an older node version forward', async () => {
    const { prepared } = await prepare({
      ...sound,
      inputs: {},
      nodes: { ...sound.nodes, pic: { type: 'image.load', version: 1, params: { file: 'samples/a.jpg', zoom: 2 } } },
    })
    expect(prepared?.nodes.get('pic')?.params).toEqual({ file: 'samples/a.jpg', scale: 2 })
  })
})

describe('planOf', () => {
  it('says which nodes would run and the first thing that changed', async () => {
    const first = (await prepare(sound)).prepared
    const second = (await prepare(sound, { inputs: { picture: 'samples/b.jpg' } })).prepared
    if (!first || !second) throw new Error('both are valid')
    const cached = new Set([...first.nodes.values()].map((node) => node.key))
    const cache = { has: (key: string) => cached.has(key) }
    expect(planOf(first, cache).map(({ node, action }) => [node, action])).toEqual([
      ['pic', 'unneeded'],
      ['blur', 'unneeded'],
      ['size', 'cached'],
    ])
    expect(planOf(second, cache, keyPartsOf(first)).map(({ node, reason }) => [node, reason])).toEqual([
      ['pic', 'the file of "file" changed'],
      ['blur', 'input "image" changed (from "pic")'],
      ['size', 'input "image" changed (from "blur")'],
    ])
  })
})

describe('workflow files', () => {
  it('re-save byte for byte, keep keys nobody knows, and put names in order', () => {
    const text = serializeWorkflow(
      parseWorkflow({
        beatloom: 1,
        ...sound,
        future: { b: 1, a: [2, 3] },
        layout: { nodes: { pic: [0, 10.5] }, groups: [] },
      }),
    )
    expect(serializeWorkflow(parseWorkflow(text))).toBe(text)
    expect(text.indexOf('"blur": {')).toBeLessThan(text.indexOf('"pic": {'))
    expect(text).toContain('"future": {\n    "b": 1,\n    "a": [2, 3]\n  }')
    expect(text).toContain('"image": { "node": "pic", "port": "image" }')
  })

  it.each([
    ['[1]', 'workflow_unreadable'],
    ['"x"', 'workflow_unreadable'],
    ['{', 'workflow_unreadable'],
    ['{}', 'workflow_unreadable'],
    ['{"beatloom":99}', 'workflow_too_new'],
    ['{"beatloom":1,"nodes":{"a":{}}}', 'workflow_unreadable'],
  ])('refuses %s with a code', (text, code) => {
    expect(() => parseWorkflow(text)).toThrow(expect.objectContaining({ code }))
  })
})
