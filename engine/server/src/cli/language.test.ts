import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { beatloom } from '../testing/processes.ts'
import { temporaryFolder } from '../testing/test-engine.ts'
import { sleepyWorkflow } from '../testing/workflows.ts'
import { HELP_WORDS, USAGE } from './help-words.ts'
import { columnsOf, cutTo, languageOf } from './language.ts'

const CHINESE = { BEATLOOM_LANG: 'zh' }

it.each([
  [{}, 'en'],
  [{ LANG: 'zh_CN.UTF-8' }, 'zh'],
  [{ LANG: 'de_DE.UTF-8' }, 'en'],
  [{ LANG: 'de_DE.UTF-8', LC_MESSAGES: 'zh_CN' }, 'zh'],
  [{ LANG: 'zh_CN', LC_ALL: 'C' }, 'en'],
  [{ LANG: 'de_DE', BEATLOOM_LANG: 'zh' }, 'zh'],
  [{ LANG: 'zh_CN', BEATLOOM_LANG: 'en' }, 'en'],
])('L2: %j speaks %s', (env, language) => {
  expect(languageOf(env)).toBe(language)
})

it('L2: the usage names the same commands, flags and settings in both languages', () => {
  const names = (text: string) =>
    [...new Set(text.match(/BEATLOOM_\w+|--[a-z-]+|beatloom [a-z]+|\b(?:130|[0-2])\b/g))].sort()
  expect(names(USAGE.zh)).toEqual(names(USAGE.en))
  for (const [english, chinese] of Object.values(HELP_WORDS)) {
    expect(english).toMatch(/^[\x20-\x7e]+$/)
    expect(chinese).toMatch(/\p{Script=Han}/u)
  }
})

it('L2: Chinese signs count as two columns, so that lists stay in line and a bar in its line', () => {
  expect(columnsOf('节点 a。')).toBe(8)
  expect(cutTo('节点 a', 4)).toBe('节点')
  expect(cutTo('节点 a', 3)).toBe('节')
  expect(cutTo('ab', 80)).toBe('ab')
})

it('L2: a workflow explains its inputs in Chinese', { timeout: 60_000 }, async () => {
  const run = beatloom(['run', 'song-video', '--help'], temporaryFolder(), { ...CHINESE, BEATLOOM_TEST_NODES: '' })
  expect(await run.ended).toBe(0)
  const text = run.stdout()
  expect(text).toMatch(/^歌曲视频\n/)
  expect(text).toMatch(/--prompt-weight +提示词的作用大小；1 为原样。（.*默认 1）/)
  expect(text).toMatch(/--json +每行一个 JSON 事件/)
  expect(text.match(/[a-z]{3,} [a-z]{3,}/g) ?? []).toEqual([])
})

it('L2 E5: an error is Chinese on the terminal and the same code; as JSON it stays English', {
  timeout: 60_000,
}, async () => {
  const folder = temporaryFolder()
  const file = join(folder, 'workflow.json')
  writeFileSync(file, JSON.stringify(sleepyWorkflow()))
  const data = join(folder, 'data')
  const spoken = beatloom(['validate', file, '--amount', '99'], data, CHINESE)
  expect(await spoken.ended).toBe(2)
  expect(spoken.stdout()).toContain('错误：“amount”的值为 99，应在 1 到 50 之间。 [input_value_invalid]')
  const json = beatloom(['validate', file, '--amount', '99', '--json'], data, CHINESE)
  expect(await json.ended).toBe(2)
  expect(JSON.parse(json.stdout())).toMatchObject({
    code: 'input_value_invalid',
    message: 'amount is 99; it must be from 1 to 50.',
  })
})
