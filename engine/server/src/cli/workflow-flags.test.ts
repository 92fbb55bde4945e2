import { createRegistry, type Workflow } from '@beatloom/core'
import { expect, it } from 'vitest'
import { nodes } from '../testing/test-nodes.ts'
import { sleepyWorkflow, workflowOf } from '../testing/workflows.ts'
import { workflowHelp } from './help.ts'
import { inputFlags, parseFlags } from './workflow-flags.ts'

const registry = createRegistry(nodes)
const flags = inputFlags(sleepyWorkflow(), registry)
const parse = (...args: string[]) => parseFlags(args, flags)

it('turns declared inputs into flags with their own types', () => {
  expect(parse('--amount', '7', '--no-enable-motion', '--word=high').values).toEqual({
    amount: 7,
    enableMotion: false,
    word: 'high',
  })
  expect(parse('--enable-motion', '--amount', '-3').values).toEqual({ enableMotion: true, amount: -3 })
})

it('names every problem at once, with the valid names', () => {
  const { problems } = parse('--amuont', '7', '--amount', 'many', '--word')
  expect(problems).toHaveLength(3)
  expect(problems[0]).toMatch(
    /no flag --amuont \(did you mean --amount\?\); there are --amount, --enable-motion, --word/,
  )
  expect(problems[1]).toBe('--amount takes a number from 1 to 50; "many" is not that.')
  expect(problems[2]).toBe('--word needs a value.')
})

it('takes inputs by their own name too, and tells an unknown one', () => {
  expect(parse('--input', 'amount=4').values).toEqual({ amount: 4 })
  expect(parse('--input', 'size=4').problems[0]).toMatch(/no input "size"; it has amount, enableMotion, word/)
})

it('leaves the own options of the command to it', () => {
  const parsed = parse('file.json', '--out', 'clip.mp4', '--output', 'result', '--json')
  expect(parsed.options).toEqual({ out: 'clip.mp4', output: ['result'], json: true, help: undefined })
  expect(parsed.positionals).toEqual(['file.json'])
})

it('knows files, whose value is a path', () => {
  const workflow: Workflow = workflowOf({ read: { type: 'test.read' } }, 'read', {
    inputs: { picture: { node: 'read', param: 'file' } },
  })
  const parsed = parseFlags(['--picture', 'a.jpg'], inputFlags(workflow, registry))
  expect(parsed.files).toEqual(['picture'])
})

const album: Workflow = workflowOf(
  { read: { type: 'test.read-several', params: { files: ['samples/cover.jpg'] } } },
  'read',
  {
    inputs: {
      picture: { node: 'read', param: 'files', help: 'What is seen' },
      amount: { node: 'read', param: 'amount' },
    },
  },
)

it('takes a flag of several files again and again, in the order given; of others the last counts', () => {
  const known = inputFlags(album, registry)
  const parsed = parseFlags(['--picture', 'b.jpg', '--picture=a, b.jpg', '--input', 'picture=c.jpg'], known)
  expect(parsed.values).toEqual({ picture: ['b.jpg', 'a, b.jpg', 'c.jpg'] })
  expect([parsed.files, parsed.problems]).toEqual([['picture'], []])
  expect(parse('--amount', '7', '--amount', '8').values).toEqual({ amount: 8 })
})

it('says in the help that a flag is repeated for each file', () => {
  expect(workflowHelp('album.json', album, inputFlags(album, registry))).toMatch(
    /--picture +What is seen \(one picture or more: repeat it for each, default samples\/cover\.jpg\)/,
  )
})

it('prints every input with its range and default', () => {
  const help = workflowHelp('test.json', sleepyWorkflow(), flags)
  expect(help).toMatch(/--amount +How much \(a number from 1 to 50, default 5\)/)
  expect(help).toMatch(/--\[no-\]enable-motion +A switch \(true or false, default true\)/)
  expect(help).toMatch(/--word +A word \(low \| high, default low\)/)
})
