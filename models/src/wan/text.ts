import type { ModelHost, TensorData, TextEncoder } from '@beatloom/core'
import { decodeHTML } from 'entities'
import type { EncodedPrompt, Prompt } from '../families.ts'
import { outputNamed } from '../host/tensor-io.ts'
import { weighted } from '../prompt-weight.ts'
import { tokenizerOf } from '../tokenizer.ts'
import { TEXT_TOKENS } from './contract.ts'

/**
 * As the published pipelines clean a prompt: ftfy's `fix_text` (full-width letters and signs, ligatures, curled quotes,
 * control characters, NFC) but for its mending of wrongly decoded letters, then entities, twice over, and spaces.
 */
export function cleaned(text: string): string {
  const fixed = text
    .replace(/[\uFF01-\uFFEE\uFB00-\uFB06ĲĳŉǄ-ǌǱ-ǳ]/gu, (letter) => letter.normalize('NFKC'))
    .replace(/[\u02BC\u2018-\u201B]/gu, "'")
    .replace(/[\u201C-\u201F]/gu, '"')
    .replace(CONTROLS, '')
    .normalize('NFC')
  return decodeHTML(decodeHTML(fixed)).replace(/\s+/gu, ' ').trim()
}

/** Control characters but for those that are spaces. */
const CONTROLS = /(?!\s)\p{Cc}|[\u206A-\u206F\uFEFF\uFFF9-\uFFFC]/gu

/**
 * Prompt and negative prompt as UMT5 reads them. Rows behind the last token are zeros, and the denoiser gets no mask.
 *
 * An empty prompt is one row, so that a weight multiplies all rows but the first.
 */
export async function encodePrompt(
  host: ModelHost,
  encoder: TextEncoder,
  { text, negative, weight }: Prompt,
  signal: AbortSignal,
): Promise<EncodedPrompt> {
  const tokenizer = await tokenizerOf(encoder.tokenizer)
  const encode = async (words: string) => {
    const { inputIds, attentionMask, tokenCount } = tokenizer.encodeClosed(cleaned(words), TEXT_TOKENS)
    const row = (data: BigInt64Array): TensorData => ({ dims: [1, TEXT_TOKENS], data })
    const inputs = { input_ids: row(inputIds), attention_mask: row(attentionMask) }
    const encoded = outputNamed(await host.run(encoder.component, inputs, signal), 'last_hidden_state')
    const width = encoded.dims.at(-1)!
    const data = Float32Array.from(encoded.data as Float32Array)
    data.fill(0, Math.min(tokenCount, TEXT_TOKENS) * width)
    return { tensor: { dims: encoded.dims, data }, tokenCount }
  }
  const prompt = await encode(text)
  const own = Math.min(prompt.tokenCount, TEXT_TOKENS)
  const shown = weight === 1 ? prompt.tensor : weighted(prompt.tensor, (await encode('')).tensor, weight, own)
  const remarks =
    prompt.tokenCount > TEXT_TOKENS
      ? [`The prompt has ${prompt.tokenCount - 1} words and signs; the model reads the first ${TEXT_TOKENS - 1}.`]
      : []
  return {
    remarks,
    conditioning: {
      family: encoder.family,
      positive: { encoder_hidden_states: shown },
      negative: { encoder_hidden_states: (await encode(negative)).tensor },
    },
  }
}
