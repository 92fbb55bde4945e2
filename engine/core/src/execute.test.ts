import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { executeRun } from './execute.ts'
import { Blocked, createRegistry, defineNode, Expansion } from './node-definition.ts'
import { prepareRun } from './prepare.ts'
import { runWorkflow, testHost } from './testing.ts'
import type { Frames, Image } from './values.ts'
import { parseWorkflow } from './workflow.ts'

const constant = defineNode({
  type: 'test.constant',
  version: 1,
  title: 'Constant',
  description: '',
  category: 'test',
  inputs: {},
  outputs: { value: { type: 'NUMBER' } },
  params: z.object({ value: z.number().default(1) }),
  run: (_inputs, { value }) => ({ value }),
})
const add = defineNode({
  type: 'test.add',
  version: 1,
  title: 'Add',
  description: '',
  category: 'test',
  inputs: { a: { type: 'NUMBER' }, b: { type: 'NUMBER', optional: true } },
  outputs: { sum: { type: 'NUMBER' } },
  params: z.object({ plus: z.number().default(0) }),
  run: ({ a, b }, { plus }) => ({ sum: a + (b ?? 0) + plus }),
})
const slow = defineNode({
  type: 'test.slow',
  version: 1,
  title: 'Slow',
  description: '',
  category: 'test',
  inputs: { a: { type: 'NUMBER', optional: true } },
  outputs: { value: { type: 'NUMBER' } },
  params: z.object({ ms: z.number().default(20), tag: z.number().default(0) }),
  async run({ a }, { ms }, { signal, progress }) {
    progress(1, 2)
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(resolve, ms)
      signal.addEventListener('abort', () => {
        clearTimeout(timer)
        reject(signal.reason)
      })
    })
    progress(2, 2)
    return { value: (a ?? 0) + 1 }
  },
})
let memory = 'short'
const memoryBound = defineNode({
  type: 'test.memory-bound',
  version: 1,
  title: 'Memory bound',
  description: '',
  category: 'test',
  inputs: {},
  outputs: { value: { type: 'NUMBER' } },
  params: z.object({}),
  run(_inputs, _params, { makeshift }) {
    if (memory === 'short') makeshift?.()
    return { value: memory === 'short' ? 1 : 2 }
  },
})
const seen = defineNode({
  type: 'test.seen',
  version: 1,
  title: 'Seen',
  description: '',
  category: 'test',
  inputs: { a: { type: 'NUMBER', optional: true } },
  outputs: { value: { type: 'NUMBER' } },
  params: z.object({ text: z.string().default('') }),
  run(_inputs, { text }, { display }) {
    display({ kind: 'text', text })
    return { value: 1 }
  },
})
const broken = defineNode({
  type: 'test.broken',
  version: 1,
  title: 'Broken',
  description: '',
  category: 'test',
  inputs: { a: { type: 'NUMBER', optional: true } },
  outputs: { value: { type: 'NUMBER' } },
  params: z.object({}),
  run: () => {
    throw new Error('it broke')
  },
})
const list = defineNode({
  type: 'test.list',
  version: 1,
  title: 'List',
  description: '',
  category: 'test',
  inputs: {},
  outputs: { values: { type: 'NUMBER', list: true } },
  params: z.object({ values: z.array(z.number()).default([1, 2, 3]) }),
  run: (_inputs, { values }) => ({ values }),
})
const total = defineNode({
  type: 'test.total',
  version: 1,
  title: 'Total',
  description: '',
  category: 'test',
  inputs: { values: { type: 'NUMBER', list: true } },
  outputs: { sum: { type: 'NUMBER' } },
  params: z.object({}),
  run: ({ values }) => ({ sum: values.reduce((sum, value) => sum + value, 0) }),
})
const choose = defineNode({
  type: 'test.choose',
  version: 1,
  title: 'Choose',
  description: '',
  category: 'test',
  inputs: { first: { type: 'BOOLEAN' }, yes: { type: 'NUMBER', lazy: true }, no: { type: 'NUMBER', lazy: true } },
  outputs: { value: { type: 'NUMBER' } },
  params: z.object({}),
  needs: ({ first }) => [first ? 'yes' : 'no'],
  run: ({ first, yes, no }) => ({ value: (first ? yes : no) ?? -1 }),
})
const truth = defineNode({
  type: 'test.truth',
  version: 1,
  title: 'Truth',
  description: '',
  category: 'test',
  inputs: {},
  outputs: { value: { type: 'BOOLEAN' } },
  params: z.object({ value: z.boolean().default(true) }),
  run: (_inputs, { value }) => ({ value }),
})
/** Counts down by expanding into itself: a loop of any length. */
const countdown = defineNode({
  type: 'test.countdown',
  version: 1,
  title: 'Countdown',
  description: '',
  category: 'test',
  inputs: { a: { type: 'NUMBER' } },
  outputs: { value: { type: 'NUMBER' } },
  params: z.object({ times: z.int().default(3) }),
  run({ a }, { times }) {
    if (times === 0) return { value: a }
    return new Expansion(
      {
        one: { type: 'test.constant', params: { value: 1 } },
        plus: { type: 'test.add', links: { a: { node: 'one', port: 'value' }, b: { node: 'start', port: 'value' } } },
        next: { type: 'test.countdown', params: { times: times - 1 }, links: { a: { node: 'plus', port: 'sum' } } },
      },
      { value: { node: 'next', port: 'value' } },
    )
  },
})
const stop = defineNode({
  type: 'test.stop',
  version: 1,
  title: 'Stop',
  description: '',
  category: 'test',
  inputs: {},
  outputs: { value: { type: 'NUMBER' } },
  params: z.object({}),
  run: () => ({ value: new Blocked() }),
})
let passes = 0
const stream = defineNode({
  type: 'test.stream',
  version: 1,
  title: 'Stream',
  description: '',
  category: 'test',
  inputs: {},
  outputs: { frames: { type: 'FRAMES' } },
  params: z.object({ count: z.int().default(5), failAt: z.int().default(-1) }),
  run(_inputs, { count, failAt }) {
    const frames: Frames = {
      width: 1,
      height: 1,
      frameRate: 10,
      frameCount: count,
      async *frames() {
        passes++
        const image: Image = { width: 1, height: 1, channels: 1, data: new Uint8Array(1) }
        for (let index = 0; index < count; index++) {
          if (index === failAt) throw new Error('the stream broke')
          image.data[0] = index
          await Promise.resolve()
          yield image
        }
      },
    }
    return { frames }
  },
})
const sumFrames = defineNode({
  type: 'test.sum-frames',
  version: 1,
  title: 'Sum frames',
  description: '',
  category: 'test',
  inputs: { frames: { type: 'FRAMES' } },
  outputs: { sum: { type: 'NUMBER' } },
  params: z.object({ tag: z.number().default(0) }),
  async run({ frames }, _params, { signal }) {
    let sum = 0
    for await (const image of frames.frames(signal)) sum += image.data[0] as number
    return { sum }
  },
})
const registry = createRegistry([
  memoryBound,
  constant,
  add,
  slow,
  seen,
  broken,
  list,
  total,
  choose,
  truth,
  countdown,
  stop,
  stream,
  sumFrames,
])
const link = (node: string, port: string) => ({ node, port })
const flow = (
  nodes: Record<string, unknown>,
  outputs: Record<string, { node: string; port: string }>,
  rest: object = {},
) => ({ beatloom: 1, nodes, outputs, ...rest })
const resultOf = (last: { type: string; outputs?: { value?: unknown }[] }) => last.outputs?.[0]?.value

describe('executeRun', () => {
  const chain = (length: number) => {
    const nodes: Record<string, unknown> = { n0: { type: 'test.constant' } }
    for (let index = 1; index < length; index++)
      nodes[`n${index}`] = {
        type: 'test.add',
        params: { plus: 1 },
        links: { a: link(`n${index - 1}`, index === 1 ? 'value' : 'sum') },
      }
    return flow(nodes, { result: link(`n${length - 1}`, 'sum') })
  }

  it('keeps nothing of what memory made less of than was asked for, nor what came of it', async () => {
    const host = testHost()
    const workflow = flow(
      {
        bound: { type: 'test.memory-bound' },
        one: { type: 'test.constant' },
        after: { type: 'test.add', links: { a: link('bound', 'value'), b: link('one', 'value') } },
      },
      { result: link('after', 'sum') },
    )
    memory = 'short'
    expect(resultOf((await runWorkflow(workflow, registry, host)).last as never)).toBe(2)
    memory = 'enough'
    const second = await runWorkflow(workflow, registry, host)
    expect(resultOf(second.last as never)).toBe(3)
    expect(second.wasCached('one')).toBe(true)
    memory = 'short'
    const third = await runWorkflow(workflow, registry, host)
    expect([third.wasCached('after'), resultOf(third.last as never)]).toEqual([true, 3])
  })

  it('runs a chain of 10,000 nodes without recursion and takes all of it from the cache next time', async () => {
    const host = testHost({ cache: (await import('./host.ts')).createMemoryCache(20_000) })
    const first = await runWorkflow(chain(10_000), registry, host)
    expect(resultOf(first.last as never)).toBe(10_000)
    const second = await runWorkflow(chain(10_000), registry, host)
    expect(second.wasCached('n9999')).toBe(true)
    expect(second.didRun('n5')).toBe(false)
    expect(resultOf(second.last as never)).toBe(10_000)
  })

  it('reruns only what a changed param reaches', async () => {
    const host = testHost()
    const workflow = (plus: number) =>
      flow(
        {
          a: { type: 'test.constant' },
          b: { type: 'test.add', params: { plus }, links: { a: link('a', 'value') } },
          c: { type: 'test.add', links: { a: link('b', 'sum') } },
        },
        { result: link('c', 'sum') },
      )
    await runWorkflow(workflow(1), registry, host)
    const second = await runWorkflow(workflow(2), registry, host)
    expect([second.wasCached('a'), second.didRun('b'), second.didRun('c')]).toEqual([true, true, true])
    expect(resultOf(second.last as never)).toBe(3)
  })

  it('keeps the cache when a node is renamed', async () => {
    const host = testHost()
    await runWorkflow(
      flow({ a: { type: 'test.constant', params: { value: 4 } } }, { x: link('a', 'value') }),
      registry,
      host,
    )
    const second = await runWorkflow(
      flow({ other: { type: 'test.constant', params: { value: 4 } } }, { x: link('other', 'value') }),
      registry,
      host,
    )
    expect(second.wasCached('other')).toBe(true)
  })

  it('runs independent branches side by side', async () => {
    const nodes = Object.fromEntries(
      Array.from({ length: 5 }, (_, index) => [`s${index}`, { type: 'test.slow', params: { ms: 100, tag: index } }]),
    )
    const started = performance.now()
    await runWorkflow(
      flow(nodes, Object.fromEntries(Object.keys(nodes).map((id) => [id, link(id, 'value')]))),
      registry,
      testHost(),
    )
    expect(performance.now() - started).toBeLessThan(400)
  })

  it('makes once what several nodes alike ask for at the same time, and hands it to each, too large for the cache or not', async () => {
    const like = (id: string) => ({ [id]: { type: 'test.slow', links: { a: link(`${id} from`, 'value') } } })
    const from = (id: string) => ({ [`${id} from`]: { type: 'test.slow', params: { ms: 5 } } })
    const nodes = { ...from('a'), ...from('b'), ...from('c'), ...like('a'), ...like('b'), ...like('c') }
    const ends = Object.fromEntries(['a', 'b', 'c'].map((id) => [id, link(id, 'value')]))
    for (const cache of [
      testHost().cache,
      { has: () => false, displayOf: () => undefined, get: () => undefined, put: () => {} },
    ]) {
      const { events, last } = await runWorkflow(flow(nodes, ends), registry, testHost({ cache }))
      expect(last).toMatchObject({ type: 'run.finished', outputs: [{ value: 2 }, { value: 2 }, { value: 2 }] })
      const count = (type: string) => events.filter((event) => event.type === type).length
      expect([count('node.started'), count('node.finished'), count('node.cached')]).toEqual([2, 2, 2])
    }
  })

  it('lets each of several nodes alike fail, or make do, by itself', async () => {
    const nodes = { a: { type: 'test.broken' }, b: { type: 'test.broken' }, ok: { type: 'test.constant' } }
    const ends = { a: link('a', 'value'), b: link('b', 'value'), ok: link('ok', 'value') }
    const { events, last } = await runWorkflow(flow(nodes, ends), registry, testHost())
    expect(last.type).toBe('run.failed')
    expect(events.flatMap((event) => (event.type === 'node.failed' ? event.node : [])).sort()).toEqual(['a', 'b'])
    memory = 'short'
    const bound = { a: { type: 'test.memory-bound' }, b: { type: 'test.memory-bound' } }
    const short = await runWorkflow(flow(bound, { a: ends.a, b: ends.b }), registry, testHost())
    expect([short.didRun('a'), short.didRun('b')]).toEqual([true, true])
  })

  it('finishes the other outputs when one branch fails, and says which node failed and why', async () => {
    const report = await runWorkflow(
      flow(
        {
          bad: { type: 'test.broken' },
          after: { type: 'test.add', links: { a: link('bad', 'value') } },
          good: { type: 'test.constant' },
        },
        { one: link('after', 'sum'), two: link('good', 'value') },
      ),
      registry,
      testHost(),
    )
    expect(report.last).toMatchObject({
      type: 'run.failed',
      error: { node: 'bad', message: 'Node "bad" (Broken) failed: it broke' },
      outputs: [{ name: 'two', value: 1 }],
    })
    expect(report.events).toContainEqual({
      type: 'node.skipped',
      node: 'after',
      because: '"bad" did not finish',
      source: 'bad',
    })
  })

  it('runs a node once for each item of a list, and gives whole lists to inputs that take them', async () => {
    const report = await runWorkflow(
      flow(
        {
          list: { type: 'test.list', params: { values: [1, 2, 3] } },
          plus: { type: 'test.add', params: { plus: 10 }, links: { a: link('list', 'values') } },
          total: { type: 'test.total', links: { values: link('plus', 'sum') } },
        },
        { result: link('total', 'sum') },
      ),
      registry,
      testHost(),
    )
    expect(resultOf(report.last as never)).toBe(36)
  })

  it('takes what ran over a list from the cache as the list that it is, of one value too', async () => {
    for (const values of [[1, 2, 3], [4], []]) {
      const host = testHost()
      const counted = (how: 'test.total' | 'test.add', plus: number) =>
        flow(
          {
            list: { type: 'test.list', params: { values } },
            plus: { type: 'test.add', params: { plus: 10 }, links: { a: link('list', 'values') } },
            ...(how === 'test.total'
              ? { end: { type: how, links: { values: [link('plus', 'sum'), link('list', 'values')] } } }
              : { end: { type: how, params: { plus }, links: { a: link('plus', 'sum') } } }),
          },
          { result: link('end', 'sum') },
        )
      await runWorkflow(counted('test.add', 1), registry, host)
      const again = await runWorkflow(counted('test.add', 2), registry, host)
      expect(again.wasCached('plus')).toBe(true)
      expect(resultOf(again.last as never)).toEqual(values[0] === undefined ? undefined : values[0] + 12)
      const total = await runWorkflow(counted('test.total', 0), registry, host)
      expect(resultOf(total.last as never)).toBe(values.reduce((sum, value) => sum + 2 * value + 10, 0))
    }
  })

  it('shows what nodes gave that need not run, for who sees the workflow first now; not to who wants to see nothing', async () => {
    const host = testHost()
    const workflow = flow(
      {
        one: { type: 'test.seen', params: { text: 'far' } },
        two: { type: 'test.seen', params: { text: 'near' }, links: { a: link('one', 'value') } },
        three: { type: 'test.add', links: { a: link('two', 'value') } },
      },
      { result: link('three', 'sum') },
    )
    const shown = async (previews?: boolean) => {
      const { events, didRun } = await runWorkflow(workflow, registry, {
        ...host,
        ...((previews ?? true) ? {} : { previews }),
      })
      const texts = events.flatMap((event) =>
        event.type === 'node.display' ? event.items.map((item) => [event.node, item.kind === 'text' && item.text]) : [],
      )
      return { texts, ran: ['one', 'two', 'three'].filter(didRun) }
    }
    const texts = [
      ['one', 'far'],
      ['two', 'near'],
    ]
    expect(await shown()).toEqual({ texts, ran: ['one', 'two', 'three'] })
    expect(await shown()).toEqual({ texts, ran: [] })
    expect(await shown(false)).toEqual({ texts: [], ran: [] })
  })

  it('gathers several links into one list input', async () => {
    const report = await runWorkflow(
      flow(
        {
          a: { type: 'test.constant', params: { value: 2 } },
          b: { type: 'test.constant', params: { value: 5 } },
          total: { type: 'test.total', links: { values: [link('a', 'value'), link('b', 'value')] } },
        },
        { result: link('total', 'sum') },
      ),
      registry,
      testHost(),
    )
    expect(resultOf(report.last as never)).toBe(7)
  })

  it('computes only the lazy input that is asked for', async () => {
    const report = await runWorkflow(
      flow(
        {
          which: { type: 'test.truth', params: { value: false } },
          yes: { type: 'test.slow' },
          no: { type: 'test.constant', params: { value: 9 } },
          choose: {
            type: 'test.choose',
            links: { first: link('which', 'value'), yes: link('yes', 'value'), no: link('no', 'value') },
          },
        },
        { result: link('choose', 'value') },
      ),
      registry,
      testHost(),
    )
    expect([report.didRun('yes'), resultOf(report.last as never)]).toEqual([false, 9])
  })

  it('runs loops built by expansion, whose inner nodes reach the graph outside', async () => {
    const nodes = {
      start: { type: 'test.constant', params: { value: 5 } },
      loop: { type: 'test.countdown', params: { times: 30 }, links: { a: link('start', 'value') } },
    }
    const host = testHost()
    const report = await runWorkflow(flow(nodes, { result: link('loop', 'value') }), registry, host)
    expect(resultOf(report.last as never)).toBe(6)
    expect(report.events).toContainEqual({
      type: 'node.expanded',
      node: 'loop',
      nodes: expect.arrayContaining(['loop/next']),
    })
    expect((await runWorkflow(flow(nodes, { result: link('loop', 'value') }), registry, host)).wasCached('loop')).toBe(
      true,
    )
  })

  it('keeps an expansion apart from outer nodes whose ids look like its own', async () => {
    const nodes = {
      start: { type: 'test.constant', params: { value: 5 } },
      'loop/one': { type: 'test.constant', params: { value: 100 } },
      loop: { type: 'test.countdown', params: { times: 2 }, links: { a: link('start', 'value') } },
      both: { type: 'test.add', links: { a: link('loop', 'value'), b: link('loop/one', 'value') } },
    }
    const report = await runWorkflow(flow(nodes, { result: link('both', 'sum') }), registry, testHost())
    expect(resultOf(report.last as never)).toBe(106)
  })

  it('skips what needs a blocked output and keeps the rest', async () => {
    const report = await runWorkflow(
      flow(
        {
          stop: { type: 'test.stop' },
          after: { type: 'test.add', links: { a: link('stop', 'value') } },
          good: { type: 'test.constant' },
        },
        { one: link('after', 'sum'), two: link('good', 'value') },
      ),
      registry,
      testHost(),
    )
    expect(report.last).toMatchObject({ type: 'run.finished', outputs: [{ name: 'two' }] })
  })

  it('gives two readers of one stream a single pass', async () => {
    passes = 0
    const report = await runWorkflow(
      flow(
        {
          stream: { type: 'test.stream', params: { count: 40 } },
          a: { type: 'test.sum-frames', links: { frames: link('stream', 'frames') } },
          b: { type: 'test.sum-frames', params: { tag: 1 }, links: { frames: link('stream', 'frames') } },
        },
        { a: link('a', 'sum'), b: link('b', 'sum') },
      ),
      registry,
      testHost(),
    )
    expect(report.last).toMatchObject({ outputs: [{ value: 780 }, { value: 780 }] })
    expect(passes).toBe(1)
  })

  it('blames a failure inside a stream on the node that makes the frames', async () => {
    const report = await runWorkflow(
      flow(
        {
          stream: { type: 'test.stream', params: { failAt: 3 } },
          sum: { type: 'test.sum-frames', links: { frames: link('stream', 'frames') } },
        },
        { result: link('sum', 'sum') },
      ),
      registry,
      testHost(),
    )
    expect(report.last).toMatchObject({
      type: 'run.failed',
      errors: [{ node: 'stream', message: 'Node "stream" (Stream) failed: the stream broke' }],
    })
    expect(report.events).toContainEqual({
      type: 'node.skipped',
      node: 'sum',
      because: '"stream" failed',
      source: 'stream',
    })
  })

  it('stops at once when cancelled and says so', async () => {
    const abort = new AbortController()
    setTimeout(() => abort.abort(), 30)
    const started = performance.now()
    const report = await runWorkflow(
      flow(
        { a: { type: 'test.slow', params: { ms: 5000 } }, b: { type: 'test.slow', links: { a: link('a', 'value') } } },
        { r: link('b', 'value') },
      ),
      registry,
      testHost(),
      { signal: abort.signal },
    )
    expect(report.last.type).toBe('run.cancelled')
    expect(report.didRun('b')).toBe(false)
    expect(performance.now() - started).toBeLessThan(1000)
  })

  it('runs a node again whose cache entry turns out to be damaged', async () => {
    const host = testHost()
    const workflow = flow(
      { a: { type: 'test.constant', params: { value: 3 } }, b: { type: 'test.add', links: { a: link('a', 'value') } } },
      { r: link('b', 'sum') },
    )
    const { prepared } = await prepareRun(parseWorkflow(workflow), { registry, host })
    const events: string[] = []
    const lying = {
      ...host,
      cache: { has: () => true, displayOf: () => undefined, get: async () => undefined, put: () => {} },
    }
    for await (const event of executeRun(prepared as never, lying, new AbortController().signal))
      events.push(event.type)
    expect(events.at(-1)).toBe('run.finished')
    expect(events.filter((type) => type === 'node.started')).toHaveLength(2)
  })
})
