import { runNode } from '@beatloom/core/testing'
import { fixtureHost, tinyPocket } from '@beatloom/models/testing'
import { afterAll, describe, expect, it } from 'vitest'
import { prompt } from './prompt.ts'

const models = fixtureHost()
afterAll(() => models.close())
const { textEncoder } = await tinyPocket(models)

describe('text.prompt', () => {
  it('encodes prompt and negative prompt, and says how much they count', async () => {
    const run = async (params: Record<string, unknown>) =>
      (await runNode(prompt, { textEncoder }, params, { models })).conditioning
    const plain = await run({ text: 'slow pan' })
    const strong = await run({ text: 'slow pan', negative: 'zoom', weight: 1.5 })
    expect(plain).toMatchObject({
      family: 'pocket',
      positive: { encoder_hidden_states: { dims: [1, 40, 192] } },
      limits: { weight: 1, held: [] },
    })
    expect(strong).toMatchObject({
      positive: (plain as { positive: object }).positive,
      limits: { weight: 1.5, held: ['zoom in', 'zoom out'] },
    })
  })
  it('tells the user when words had to be left out', async () => {
    const { display } = await runNode(prompt, { textEncoder }, { text: 'zoom in, '.repeat(20) }, { models })
    expect(display).toEqual([{ kind: 'note', code: 'prompt', text: expect.stringContaining('60 words') }])
  })
  it('accepts weights from 0.5 to 1.5 and nothing else', () => {
    expect([0.5, 1.5, 0.49, 1.51].map((weight) => prompt.params.safeParse({ weight }).success)).toEqual([
      true,
      true,
      false,
      false,
    ])
  })
})
