import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { othersSentences } from './others.ts'
import { sourceTexts, trimmed } from './source-sentences.ts'
import { OWN_SENTENCES, translateSentence } from './translate.ts'
import { zodSentences } from './zod.ts'

/** Texts that look like sentences and never reach a person: broken rules of the code itself, and what programs read. */
const FOR_PROGRAMS = new Set<string>([
  'Two nodes are called',
  'no canvas of this size',
  'no pixels',
  'No migration from workflow version',
  'An animation has at least one frame',
  'The server process runs no models.',
  'This file is forked by Beatloom; it is not run by hand.',
  'warp-worker.ts runs as a worker thread',
  'bytes are no frame of',
  'The model returned {} values for a sample of {}.',
  'A frame has 3 channels; this one has {}.',
  'Begins an upload (tus 1.0): Upload-Length, Upload-Metadata with a filename. Location is its address.',
  'Sends a piece ({}) from Upload-Offset on. The last is answered with the asset as JSON.',
])

const emptied = (pattern: string): string => trimmed(pattern.replaceAll(/\{#?\w+\}/g, '{}'))
const texts = sourceTexts()
const known = new Set(Object.keys(OWN_SENTENCES).map(emptied))

describe('L2: the sentences of the engine', () => {
  it('L2: every message in the sources has its Chinese', () => {
    const missing = texts
      .filter(({ text, read }) => read && !known.has(text) && !FOR_PROGRAMS.has(text))
      .map(({ file, text }) => `${file}: ${text}`)
    expect(missing).toEqual([])
  })

  it('L2: no pattern stands for a sentence that nobody says any more', () => {
    const said = new Set(texts.map(({ text }) => text))
    const put = texts
      .filter(({ text, whole }) => /[a-z]/i.test(text) && whole.includes('{}'))
      .map(({ whole }) => fitting(whole))
    const unused = Object.keys(OWN_SENTENCES)
      .filter((pattern) => /[a-z]/i.test(pattern.replaceAll(/\{#?\w+\}/g, '')))
      .filter(
        (pattern) => !said.has(emptied(pattern)) && (pattern.includes('{') || !put.some((fits) => fits.test(pattern))),
      )
    expect(unused).toEqual([])
  })

  it('L2: both languages have the same places, and the Chinese is Chinese', () => {
    const places = (text: string): string[] => [...text.matchAll(/\{#?\w+\}/g)].map(String).sort()
    for (const [english, chinese] of Object.entries({ ...zodSentences, ...othersSentences, ...OWN_SENTENCES })) {
      expect(places(chinese), english).toEqual(places(english))
      if (/[a-z]{3}/.test(english.replaceAll(/\{#?\w+\}/g, ''))) expect(chinese, english).toMatch(/\p{Script=Han}/u)
    }
  })
})

/** A text with places as what can come of it: `a {}` may read `a string`. */
const fitting = (text: string): RegExp =>
  new RegExp(
    `^${text
      .split('{}')
      .map((part) => part.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&'))
      .join('[\\w ]+')}$`,
  )

describe('L2: a sentence in Chinese', () => {
  const zh = (text: string): string => translateSentence(text, 'zh')

  it.each([
    ['There is no run "abc".', '没有运行“abc”。'],
    [
      'Node "a" (LoadImage) has no input "pic" (did you mean "image"?).',
      '节点“a”（LoadImage）没有输入“pic”（是不是“image”？）。',
    ],
    ['Node "a" (LoadImage) has no input "pic".', '节点“a”（LoadImage）没有输入“pic”。'],
    [
      'seed (node "s", param "seed"): A seed is at most 9; this one is 12.',
      '“seed”（节点“s”，参数“seed”）：种子最大为 9，而这个是 12。',
    ],
    [
      'The song has only 1.5 s of sound from its start point; silence was added to make 3 s.',
      '从起点算起歌曲只有 1.5 秒声音，已补静音至 3 秒。',
    ],
    ['Input "frames" of node "x" takes one link and has 2.', '节点“x”的输入“frames”只能接一条连线，现有 2 条。'],
    ['The model "a" is not installed; installed are: b, c.', '模型“a”未安装；已安装：b、c。'],
    ['"x.json": This file is not JSON: Unexpected end.', '“x.json”：此文件不是 JSON：Unexpected end。'],
  ])('L2: %s', (english, chinese) => {
    expect(zh(english)).toBe(chinese)
  })

  it('L2: a reason inside a sentence is Chinese too, however deep', () => {
    const reason = '"a.png" is no JPG, PNG or WebP picture: it is a WAV sound. Choose another file.'
    expect(zh(`Node "p" (LoadImage) failed: ${reason}`)).toBe(
      '节点“p”（LoadImage）运行失败：“a.png”不是 JPG、PNG 或 WebP 图片，而是 WAV 音频。请选择其他文件。',
    )
  })

  it('L2: several sentences and several lines are each translated', () => {
    expect(zh('The run was cancelled. There is no run "a".')).toBe('运行已取消。没有运行“a”。')
    expect(zh('Cancelled.\nThis workflow can run.')).toBe('已取消。\n此工作流可以运行。')
    expect(zh('120 BPM, 4 beats to the bar, confidence 93 %')).toBe('120 BPM，每小节 4 拍，置信度 93%')
  })

  it('L2: a sentence behind a node is not taken for a param and its problem', () => {
    expect(zh('Node "loader": The model "wan" is not installed; installed are: pocket, subject.')).toBe(
      '节点“loader”：模型“wan”未安装；已安装：pocket、subject。',
    )
    expect(zh('Node "a": steps must be at least 1.')).toContain('节点“a”：steps：')
  })

  it('L2: names stay names, even where they read like words of ours', () => {
    expect(zh('There is no node "There is no run "a"."')).toBe('There is no node "There is no run "a"."')
    expect(zh('There is no node "The run was cancelled.".')).toBe('没有节点“The run was cancelled.”。')
    expect(zh('There is no workflow "a "quoted" name" in the gallery.')).toBe('模板库中没有工作流“a "quoted" name”。')
  })

  it('L2: titles of node types can be given in Chinese', () => {
    const nameOf = (title: string): string => (title === 'LoadImage' ? '加载图片' : title)
    expect(translateSentence('Node "p" (LoadImage) failed: x', 'zh', nameOf)).toBe('节点“p”（加载图片）运行失败：x')
  })

  it('L2: what no pattern fits stays as it is, and so does English', () => {
    expect(zh('onnx: bad magic 0x7f')).toBe('onnx: bad magic 0x7f')
    expect(translateSentence('Cancelled.', 'en')).toBe('Cancelled.')
  })

  it.each([
    [z.string(), 3],
    [z.number(), 'x'],
    [z.number().min(2), 1],
    [z.number().gt(2), 2],
    [z.number().max(2), 3],
    [z.number().lt(2), 2],
    [z.int(), 1.5],
    [z.number().multipleOf(14), 3],
    [z.boolean(), 'x'],
    [z.enum(['a', 'b']), 'c'],
    [z.literal(3), 4],
    [z.string().min(2), 'x'],
    [z.string().max(2), 'xxx'],
    [z.string().regex(/^a$/), 'b'],
    [z.string().startsWith('a'), 'b'],
    [z.array(z.string()), 'x'],
    [z.array(z.string()).min(1), []],
    [z.array(z.string()).max(1), ['a', 'b']],
    [z.strictObject({}), { a: 1 }],
    [z.strictObject({}), { a: 1, b: 2 }],
    [z.object({ a: z.string() }), {}],
    [z.union([z.string(), z.number()]), null],
    [z.url(), 'x'],
    [z.record(z.string(), z.number()), []],
    [z.number(), Number.NaN],
    [z.number(), undefined],
  ] as const)('L2: a value that %o refuses (%j) is refused in Chinese', (schema, value) => {
    const message = schema.safeParse(value).error?.issues[0]?.message ?? ''
    const chinese = zh(`${message}.`)
    expect(chinese, message).toMatch(/\p{Script=Han}/u)
    expect(chinese, message).not.toMatch(/expected|received|Invalid|Too |must|Unrecognized/)
  })

  const reasonOf = (work: () => unknown): string => {
    try {
      work()
    } catch (error) {
      return (error as Error).message
    }
    throw new Error('Nothing was thrown.')
  }

  it.each([
    ...['', '{', '{"a" 1}', '{"a": 1 "b"}', '[1 2]', '{a: 1}', '{"a": 1,}', 'x', '{} x', '"a'].map((text) => [
      text,
      () => JSON.parse(text),
    ]),
    ['a missing file', () => readFileSync('/nowhere/at/all')],
    ['a folder', () => readFileSync('/')],
    ['an unknown flag', () => parseArgs({ args: ['--odd'], options: {} })],
    ['a word too many', () => parseArgs({ args: ['odd'], options: {} })],
    ['no value', () => parseArgs({ args: ['--port'], options: { port: { type: 'string' } } })],
  ] as [string, () => unknown][])('L2: why %j fails, as Node says it, is said in Chinese', (_, work) => {
    const reason = reasonOf(work)
    const chinese = zh(reason)
    expect(chinese, reason).toMatch(/\p{Script=Han}/u)
    expect(chinese, reason).not.toMatch(/Expected|Unexpected|Unknown|such|position|operation/)
  })
})
