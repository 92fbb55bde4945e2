import { runNode } from '@beatloom/core/testing'
import { expect, it } from 'vitest'
import { promptList } from './prompt-list.ts'

const taken = (params: Record<string, unknown>) => runNode(promptList, {}, params)

it('W1: takes the prompt of a number, and begins again behind the last', async () => {
  const prompts = ['slow pan', ' ', 'warm glow']
  expect(await taken({ prompts })).toMatchObject({ text: 'slow pan', all: ['slow pan', 'warm glow'] })
  expect((await taken({ prompts, take: 2 })).text).toBe('warm glow')
  expect((await taken({ prompts, take: 3 })).text).toBe('slow pan')
})

it('refuses a list without a prompt', async () => {
  await expect(taken({ prompts: ['  '] })).rejects.toMatchObject({ code: 'input_invalid' })
})
