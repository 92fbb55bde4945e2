import { cpSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { filesOf, REPO, startHub, type TestHub } from '@beatloom/models/testing/hub'
import { expect, it, onTestFinished } from 'vitest'
import { beatloom, startServer, untilPrinted } from '../testing/processes.ts'
import { temporaryFolder } from '../testing/test-engine.ts'
import { MODELS_USAGE } from './help-words.ts'

const TINY = join(import.meta.dirname, '../../../../models/src/testing/tiny-pocket')
const CHINESE = { BEATLOOM_LANG: 'zh' }
const lines = (text: string) =>
  text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))

/** A folder where a person stands, with a model in it. */
function place(): { folder: string; data: string; env: Record<string, string> } {
  const folder = temporaryFolder()
  cpSync(TINY, join(folder, 'tiny'), { recursive: true })
  return { folder, data: join(folder, 'data'), env: { INIT_CWD: folder } }
}

async function hubOf(): Promise<TestHub> {
  const hub = await startHub(filesOf(TINY))
  onTestFinished(() => hub.close())
  return hub
}

it('adds a folder, lists it with its licence, verifies it and removes it', { timeout: 60_000 }, async () => {
  const { folder, data, env } = place()
  const add = beatloom(['models', 'add', 'tiny', '--name', 'mine'], data, env)
  expect(await add.ended).toBe(0)
  expect(add.stdout()).toMatch(/^Added the model "mine" \(pocket\), 43 kB\.\n$/)
  const list = beatloom(['models', '--json'], data)
  expect(await list.ended).toBe(0)
  expect(lines(list.stdout()).find(({ name }) => name === 'mine')).toMatchObject({
    licence: 'MIT',
    source: join(folder, 'tiny'),
    bundled: false,
  })
  expect(lines(list.stdout()).find(({ name }) => name === 'pocket')).toMatchObject({ source: null, bundled: true })
  const verify = beatloom(['models', 'verify'], data)
  expect(await verify.ended).toBe(0)
  expect(verify.stdout().match(/is as it was added/g)).toHaveLength(4)
  const asks = beatloom(['models', 'remove', 'mine'], data)
  expect(await asks.ended).toBe(2)
  expect(asks.stderr()).toMatch(/give --yes/)
  const remove = beatloom(['models', 'remove', 'mine', '--yes'], data)
  expect(await remove.ended).toBe(0)
  expect(existsSync(join(data, 'models/mine'))).toBe(false)
  expect(existsSync(join(folder, 'tiny/model_index.json'))).toBe(true)
})

it('says which files are not as they were added, and exits with 1', async () => {
  const { data, env } = place()
  expect(await beatloom(['models', 'add', 'tiny'], data, env).ended).toBe(0)
  const path = join(data, 'models/tiny/scheduler/scheduler_config.json')
  rmSync(path)
  writeFileSync(path, '{}')
  rmSync(join(data, 'models/tiny/text_encoder/model.onnx'))
  const verify = beatloom(['models', 'verify', 'tiny'], data)
  expect(await verify.ended).toBe(1)
  expect(verify.stdout()).toMatch(/error: scheduler\/scheduler_config.json breaks off: it has 2 of \d+ bytes\./)
  expect(verify.stdout()).toMatch(/error: text_encoder\/model.onnx is missing\. \[model_invalid\]/)
  const spoken = beatloom(['models', 'verify', 'tiny'], data, CHINESE)
  expect(await spoken.ended).toBe(1)
  expect(spoken.stdout()).toContain('错误：缺少 text_encoder/model.onnx。 [model_invalid]')
  expect(spoken.stdout()).toContain('“tiny”与添加时不符：')
})

it('adds a model of a hub, tells the total first, and refuses without the token it wants', async () => {
  const { data } = place()
  const hub = await hubOf()
  hub.token = 'secret'
  const env = { HF_ENDPOINT: hub.url, HF_TOKEN: '' }
  const refused = beatloom(['models', 'add', REPO], data, { ...env, ...CHINESE })
  expect(await refused.ended).toBe(1)
  expect(refused.stderr()).toMatch(/错误：没有令牌时，模型库网站不提供“ada\/tiny-pocket”.*\[hub_refused\]/)
  const add = beatloom(['models', 'add', REPO, '--token', 'secret', '--json'], data, env)
  expect(await add.ended).toBe(0)
  const printed = lines(add.stdout())
  const first = printed.find(({ totalBytes }) => totalBytes > 0)
  expect(first).toMatchObject({ type: 'progress', phase: 'downloading', doneBytes: 0 })
  expect(printed.at(-1)).toMatchObject({
    type: 'added',
    name: 'tiny-pocket',
    family: 'pocket',
    licence: 'MIT',
  })
})

it('stops on one interrupt, shows nothing of it, and goes on the next time', async () => {
  const { data } = place()
  const hub = await hubOf()
  const env = { HF_ENDPOINT: hub.url }
  hub.faults.set('text_encoder/model.onnx', [{ kind: 'hang', after: 5_000 }])
  const add = beatloom(['models', 'add', REPO], data, env)
  await untilPrinted(add, /Downloading/)
  while (!hub.log.some(({ path }) => path === '/text_encoder/model.onnx')) await new Promise((r) => setTimeout(r, 20))
  await new Promise((resolve) => setTimeout(resolve, 200))
  add.child.kill('SIGINT')
  expect(await add.ended).toBe(130)
  expect(readdirSync(join(data, 'models')).filter((name) => !name.startsWith('.'))).toEqual([])
  expect(await beatloom(['models', 'add', REPO], data, env).ended).toBe(0)
  const ranges = hub.log
    .filter(({ path }) => path === '/text_encoder/model.onnx')
    .map(({ range }) => range?.split('-')[0])
  expect(ranges).toEqual([undefined, 'bytes=5000'])
})

it('adds beside a running server, which lists it at once', { timeout: 60_000 }, async () => {
  const { data, env } = place()
  const server = await startServer(data)
  expect(await beatloom(['models', 'add', 'tiny'], data, env).ended).toBe(0)
  const { models } = (await (await fetch(`${server.url}/api/v1/models`)).json()) as { models: { name: string }[] }
  expect(models.map(({ name }) => name)).toContain('tiny')
})

it.each([
  [['models', 'walk'], 2, /no "models walk"; there are list, add, verify, remove/],
  [['models', 'add'], 2, /Name a folder/],
  [['models', 'add', 'tiny', 'more'], 2, /Not understood: more/],
  [['models', 'add', 'tiny', '--dtype', 'half'], 2, /precision "half" is not known; there are fp32, fp16/],
  [['models', 'add', './nowhere'], 2, /neither a folder here nor a model of a hub/],
  [['models', 'add', 'empty'], 1, /"empty" is no model: .* \[model_invalid\]/],
  [['models', 'remove', 'pocket', '--yes'], 1, /belongs to Beatloom and is not removed/],
  [['models', 'verify', 'huge'], 1, /not installed; installed are: beats, pocket, selfie-segmentation/],
])('answers %j with %i', async (args, status, message) => {
  const { folder, data, env } = place()
  mkdirSync(join(folder, 'empty'))
  const run = beatloom(args, data, env)
  expect(await run.ended).toBe(status)
  expect(run.stderr()).toMatch(message)
})

it('L2: the help of models names the same commands, flags and settings in both languages', async () => {
  const names = (text: string) => [
    ...new Set(
      text.match(/BEATLOOM_\w+|HF_\w+|--[a-z-]+|beatloom models [a-z]+|\b(?:fp|int|uint|q)\d\w*|\b(?:130|[0-2])\b/g),
    ),
  ]
  expect(names(MODELS_USAGE.zh).sort()).toEqual(names(MODELS_USAGE.en).sort())
  const help = beatloom(['models', 'add', '--help'], temporaryFolder())
  expect(await help.ended).toBe(0)
  expect(help.stdout()).toBe(MODELS_USAGE.en)
})
