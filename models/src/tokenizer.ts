import { join } from 'node:path'
import { AppError, type ComponentRef } from '@beatloom/core'
import { clipDescription } from './clip-tokenizer.ts'
import { isFile } from './library/graph-file.ts'
import { readModelJson } from './library/json-file.ts'

export interface TokenizedText {
  /** Padded or cut to the wanted length. */
  inputIds: BigInt64Array
  /** 1 for real tokens, 0 for padding. */
  attentionMask: BigInt64Array
  /** Tokens of the whole text, before anything was cut. */
  tokenCount: number
}

export interface PromptTokenizer {
  /** Padded with 0; what is too long is cut off. */
  encode(text: string, length: number): TokenizedText
  /** Padded with the tokenizer's own padding, 0 where it has none; what is too long is cut off before its last token. */
  encodeClosed(text: string, length: number): TokenizedText
}

const loaded = new Map<string, Promise<PromptTokenizer>>()

/** The tokenizer of a model; read once for each content. */
export function tokenizerOf(component: ComponentRef): Promise<PromptTokenizer> {
  const key = `${component.folder}\0${component.component}\0${component.sha256}`
  let tokenizer = loaded.get(key)
  if (!tokenizer) {
    tokenizer = loadTokenizer(join(component.folder, component.component))
    loaded.set(key, tokenizer)
    tokenizer.catch(() => loaded.delete(key))
  }
  return tokenizer
}

/**
 * Reads a Hugging Face tokenizer.
 * @param folder holds `tokenizer.json`, or CLIP's `vocab.json` and `merges.txt`, and perhaps `tokenizer_config.json`.
 * @throws {AppError} `model_missing` without any of them, `model_invalid` when it cannot be used.
 */
export async function loadTokenizer(folder: string): Promise<PromptTokenizer> {
  const path = join(folder, 'tokenizer.json')
  const description = (await readModelJson(path)) ?? (await clipDescriptionIn(folder))
  if (!description)
    throw new AppError('model_missing', `The tokenizer ${path} is not there.`, { details: { file: path } })
  const config = (await readModelJson(join(folder, 'tokenizer_config.json'))) ?? {}
  const { Tokenizer } = await import('@huggingface/tokenizers')
  let tokenizer: InstanceType<typeof Tokenizer>
  try {
    tokenizer = new Tokenizer(withWordPieces(description), config)
  } catch (error) {
    throw new AppError('model_invalid', `The tokenizer ${path} cannot be used: ${String(error)}`, {
      details: { file: path },
    })
  }
  const padding = BigInt(paddingOf(config, (token) => tokenizer.token_to_id(token)))
  function fitted(ids: readonly number[], length: number, pad: bigint): TokenizedText {
    const inputIds = new BigInt64Array(length).fill(pad)
    const attentionMask = new BigInt64Array(length)
    for (let i = 0; i < Math.min(length, ids.length); i++) {
      inputIds[i] = BigInt(ids[i]!)
      attentionMask[i] = 1n
    }
    return { inputIds, attentionMask, tokenCount: ids.length }
  }
  return {
    encode: (text, length) => fitted(tokenizer.encode(text).ids, length, 0n),
    encodeClosed(text, length) {
      const { ids } = tokenizer.encode(text)
      const kept = ids.length > length ? [...ids.slice(0, length - 1), ids.at(-1)!] : ids
      return { ...fitted(kept, length, padding), tokenCount: ids.length }
    },
  }
}

async function clipDescriptionIn(folder: string): Promise<Record<string, unknown> | null> {
  const vocab = await readModelJson(join(folder, 'vocab.json'))
  const merges = join(folder, 'merges.txt')
  return vocab && (await isFile(merges)) ? clipDescription(vocab, merges) : null
}

/** A config names its padding by the token, or by an object that holds it. */
function paddingOf(config: Record<string, unknown>, idOf: (token: string) => number | undefined): number {
  const named = config['pad_token']
  const token = typeof named === 'string' ? named : (named as { content?: unknown } | undefined)?.content
  return (typeof token === 'string' ? idOf(token) : undefined) ?? 0
}

/**
 * The library knows no `WordLevel` model. `WordPiece` is one whose words may also be cut into pieces; with a prefix
 * for later pieces that no vocabulary has, no word is ever cut, and both are the same.
 */
function withWordPieces(description: Record<string, unknown>): Record<string, unknown> {
  const model = (description['model'] ?? {}) as Record<string, unknown>
  if (model['type'] !== 'WordLevel') return description
  const never = '\u0000'
  return {
    ...description,
    model: { ...model, type: 'WordPiece', continuing_subword_prefix: never, max_input_chars_per_word: 100 },
  }
}
