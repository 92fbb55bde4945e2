import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readModelJson } from './library/json-file.ts'
import { bundledModelsFolder } from './library/model-library.ts'
import { loadTokenizer } from './tokenizer.ts'

const folder = join(import.meta.dirname, 'testing/tiny-pocket/tokenizer')
const inTheBox = join(bundledModelsFolder, 'pocket/tokenizer')
const vocabularyOf = async (of: string) =>
  ((await readModelJson(join(of, 'tokenizer.json')))!['model'] as { vocab: Record<string, number> }).vocab
const vocabulary = await vocabularyOf(folder)

/** What the tokenizers' rules say, written as one expression. */
const WORD = /[\u4e00-\u9fff]|[a-z0-9]+|[^\sa-z0-9\u4e00-\u9fff]/gu
const idsByRule = (text: string, known: Record<string, number>) =>
  (text.normalize('NFKC').toLowerCase().match(WORD) ?? []).map((word) =>
    Object.hasOwn(known, word) ? known[word]! : 1,
  )

describe('tokenizer', () => {
  it('pads with 0 and marks the real tokens', async () => {
    const { inputIds, attentionMask, tokenCount } = (await loadTokenizer(folder)).encode('Slow PAN right.', 6)
    const ids = ['slow', 'pan', 'right', '.'].map((word) => BigInt(vocabulary[word]!))
    expect([...inputIds]).toEqual([...ids, 0n, 0n])
    expect([...attentionMask]).toEqual([1n, 1n, 1n, 1n, 0n, 0n])
    expect(tokenCount).toBe(4)
  })
  it('cuts what is too long and says how much there was', async () => {
    const { inputIds, attentionMask, tokenCount } = (await loadTokenizer(folder)).encode('zoom in, zoom out', 2)
    expect([...inputIds]).toEqual([BigInt(vocabulary['zoom']!), BigInt(vocabulary['in']!)])
    expect([...attentionMask]).toEqual([1n, 1n])
    expect(tokenCount).toBe(5)
  })
  it('is all padding for an empty text', async () => {
    const { inputIds, attentionMask } = (await loadTokenizer(folder)).encode('  ', 3)
    expect([...inputIds, ...attentionMask]).toEqual([0n, 0n, 0n, 0n, 0n, 0n])
  })
  it.each([
    ['fixture', folder],
    ['model in the box', inTheBox],
  ])('of the %s takes whole words and single Chinese characters', async (_, of) => {
    const tokenizer = await loadTokenizer(of)
    const known = await vocabularyOf(of)
    const idsOf = (text: string) => {
      const { inputIds, tokenCount } = tokenizer.encode(text, 600)
      return [...inputIds.slice(0, tokenCount)].map(Number)
    }
    for (const text of [
      '慢慢向右平移，pan',
      'panslow right',
      'ｚｏｏｍ　ＩＮ',
      'x'.repeat(500),
      '[PAD] [UNK]',
      'a\n\tb',
      '👩‍🎤 glow!',
    ]) {
      expect(idsOf(text), text).toEqual(idsByRule(text, known))
    }
    const piece = fc.constantFrom(
      ...Object.keys(known).slice(2, 60),
      '慢',
      '鑫',
      ' ',
      '\n',
      ',',
      'É',
      'Zoom',
      'ing',
      '☂',
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const text = pieces.join('')
        expect(idsOf(text)).toEqual(idsByRule(text, known))
      }),
      { numRuns: 60 },
    )
  })
  it('never cuts an unknown word into known ones', async () => {
    expect([...(await loadTokenizer(folder)).encode('slowpan', 2).inputIds]).toEqual([1n, 0n])
  })
  it('is refused in a sentence when it is missing', async () => {
    await expect(loadTokenizer('/nowhere')).rejects.toMatchObject({ code: 'model_missing' })
  })
})
