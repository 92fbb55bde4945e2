import { readFile } from 'node:fs/promises'
import { AppError } from '@beatloom/core'

const START = '<|startoftext|>'
const END = '<|endoftext|>'
/** How CLIP cuts a text before its pieces are put together (openai/CLIP, simple_tokenizer.py). */
const WORDS = "<\\|startoftext\\|>|<\\|endoftext\\|>|'s|'t|'re|'ve|'m|'ll|'d|[\\p{L}]+|[\\p{N}]|[^\\s\\p{L}\\p{N}]+"

/**
 * The `tokenizer.json` of a CLIP tokenizer that comes as `vocab.json` and `merges.txt` alone: byte-level BPE over
 * lower-case words that end in `</w>`, between a start and an end token.
 * @throws {AppError} `model_invalid` when the vocabulary lacks one of the two or the merges cannot be read.
 */
export async function clipDescription(
  vocab: Record<string, unknown>,
  mergesPath: string,
): Promise<Record<string, unknown>> {
  const [start, end] = [START, END].map((token) => {
    const id = vocab[token]
    if (typeof id === 'number') return id
    throw new AppError('model_invalid', `The tokenizer's vocab.json has no ${token}, so it is none of CLIP.`)
  })
  const merges = (await readFile(mergesPath, 'utf8'))
    .split('\n')
    .map((line) => line.replace(/\r$/, ''))
    .filter((line) => line !== '' && !line.startsWith('#version'))
    .map((line) => line.split(' '))
  const odd = merges.find((pair) => pair.length !== 2)
  if (odd)
    throw new AppError('model_invalid', `The tokenizer's merges.txt has the line "${odd.join(' ').slice(0, 60)}".`)
  const special = (content: string, id: number | undefined) => ({
    ...{ id, content, single_word: false, lstrip: false, rstrip: false, normalized: false, special: true },
  })
  return {
    version: '1.0',
    added_tokens: [special(START, start), special(END, end)],
    normalizer: {
      type: 'Sequence',
      normalizers: [
        { type: 'NFC' },
        { type: 'Replace', pattern: { Regex: '\\s+' }, content: ' ' },
        { type: 'Lowercase' },
      ],
    },
    pre_tokenizer: {
      type: 'Sequence',
      pretokenizers: [
        { type: 'Split', pattern: { Regex: WORDS }, behavior: 'Removed', invert: true },
        { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: true },
      ],
    },
    post_processor: {
      type: 'RobertaProcessing',
      sep: [END, end],
      cls: [START, start],
      trim_offsets: false,
      add_prefix_space: false,
    },
    decoder: { type: 'ByteLevel', add_prefix_space: true, trim_offsets: true, use_regex: true },
    model: {
      type: 'BPE',
      unk_token: END,
      continuing_subword_prefix: '',
      end_of_word_suffix: '</w>',
      fuse_unk: false,
      byte_fallback: false,
      vocab,
      merges,
    },
  }
}
