import { parseWorkflow } from '@beatloom/core'
import { expect, it } from 'vitest'
import { commandLine, shellWord } from './command-line.ts'

const workflow = parseWorkflow({
  beatloom: 1,
  inputs: {
    prompt: { node: 'text', param: 'text', order: 2 },
    promptWeight: { node: 'text', param: 'weight', order: 1 },
    loop: { node: 'text', param: 'loop', order: 3 },
    output: { node: 'text', param: 'name', order: 4 },
    seed: { node: 'text', param: 'seed', order: 5 },
  },
  nodes: { text: { type: 'text.prompt', params: { text: "it's night", weight: -1.5, loop: false, name: 'a.mp4' } } },
})

it('R4: writes a run as the command that makes the same again, with its inputs in the order of the form', () => {
  expect(commandLine('my song.json', workflow, { prompt: "it's day; rm -rf /" })).toBe(
    "beatloom run 'my song.json' --prompt-weight=-1.5 --prompt 'it'\\''s day; rm -rf /' --no-loop --input output=a.mp4",
  )
})

it('leaves plain words alone and quotes the others', () => {
  expect([shellWord('assets/ab/x.jpg'), shellWord('a b'), shellWord(''), shellWord('$HOME')]).toEqual([
    'assets/ab/x.jpg',
    "'a b'",
    "''",
    "'$HOME'",
  ])
})
