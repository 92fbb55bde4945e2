import type { Conditioning } from '@beatloom/core'
import { runNode } from '@beatloom/core/testing'
import { fixtureHost, tinyPocket } from '@beatloom/models/testing'
import { afterAll, expect, it } from 'vitest'
import { prompt } from './prompt.ts'
import { promptSchedule } from './prompt-schedule.ts'

const models = fixtureHost()
afterAll(() => models.close())
const { textEncoder } = await tinyPocket(models)
const schedule = (params: Record<string, unknown>) => runNode(promptSchedule, { textEncoder }, params, { models })

it('encodes every line as a prompt of its own, with its moment', async () => {
  const params = { negative: 'flicker, ugly', weight: 0.5 }
  const { conditioning, display } = await schedule({ lines: '0:00 zoom in\n0:04 pan left', ...params })
  const { later, ...first } = conditioning as Conditioning
  const alone = async (text: string) =>
    (await runNode(prompt, { textEncoder }, { text, ...params }, { models })).conditioning as Conditioning
  const { family: _, ...pan } = await alone('pan left')
  expect(first).toEqual(await alone('zoom in'))
  expect(later).toEqual([{ startSeconds: 4, ...pan }])
  // Said once, not once a line.
  expect(display).toMatchObject([{ kind: 'note', code: 'prompt', text: expect.stringContaining('"ugly"') }])
})

it('finds wrong lines before anything runs, and refuses them with a code', async () => {
  const lines = '0:00 zoom in\npan left'
  expect(promptSchedule.check?.(promptSchedule.params.parse({ lines }))).toEqual([
    { param: 'lines', message: 'Line 2 does not begin with a time; write 0:04 or bar 3 and then the words.' },
  ])
  expect(promptSchedule.check?.(promptSchedule.params.parse({}))).toEqual([])
  await expect(schedule({ lines })).rejects.toMatchObject({ code: 'input_invalid', details: { problem: 'no_time' } })
  await expect(schedule({ lines: '0:00 zoom\nbar 3 pan' })).rejects.toMatchObject({ details: { problem: 'no_bar' } })
})
