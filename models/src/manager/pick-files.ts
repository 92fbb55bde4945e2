import { AppError } from '@beatloom/core'
import { noModelIn } from './check-model.ts'

export interface ListedFile {
  /** Inside the model, with forward slashes. */
  path: string
  sizeBytes: number
}

/** Names that people give to precisions, and the suffix of their graphs; full precision first, as graphs are looked for. */
export const DTYPES = {
  fp32: '',
  fp16: '_fp16',
  int8: '_int8',
  uint8: '_uint8',
  q8: '_quantized',
  q4: '_q4',
  q4f16: '_q4f16',
  bnb4: '_bnb4',
} as const
export type Dtype = keyof typeof DTYPES
export const isDtype = (name: string): name is Dtype => Object.hasOwn(DTYPES, name)

const SUFFIX = '(_fp16|_int8|_uint8|_quantized|_q4|_q4f16|_bnb4)?'
/** The places of a component's graph, in the order in which they are looked at. */
const PLACES = [
  new RegExp(String.raw`^([^/]+)/model${SUFFIX}\.onnx$`),
  new RegExp(String.raw`^([^/]+)/onnx/model${SUFFIX}\.onnx$`),
  new RegExp(String.raw`^onnx/(\w+?)${SUFFIX}\.onnx$`),
]
const CARD = /^(README|LICEN[CS]E|NOTICE|COPYING)[^/]*$/i
/** Configurations, vocabularies, merges, SentencePiece models. */
const FACTS = /(?<!\.index)\.json$|\.txt$|(^|\/)\w*(spiece|sentencepiece)[\w.]*\.model$/i

export interface Picked<File extends ListedFile> {
  files: File[]
  /** Graph of each component. */
  graphs: Record<string, string>
  /** Components that are not there in the precision asked for and come in another. */
  otherwise: string[]
}

/**
 * Of everything in a repository or folder, what a model needs: each component's graph in one precision with its data,
 * configurations, tokenizer and card.
 * @throws {AppError} `model_invalid` when there is no graph, `input_invalid` when none has that precision.
 */
export function pickFiles<File extends ListedFile>(name: string, listed: readonly File[], dtype?: Dtype): Picked<File> {
  // The library reads a model's top and two folders down.
  const reachable = listed.filter(({ path }) => !/(^|\/)\./.test(path) && path.split('/').length <= 3)
  const choices = graphChoices(reachable.map(({ path }) => path))
  if (choices.size === 0) {
    throw noModelIn(
      name,
      listed.map(({ path }) => path),
    )
  }
  const order: Dtype[] = dtype ? [dtype, ...dtypeNames.filter((other) => other !== dtype)] : dtypeNames
  const graphs: Record<string, string> = {}
  const otherwise: string[] = []
  for (const [component, byDtype] of choices) {
    const taken = order.find((candidate) => byDtype.has(candidate)) as Dtype
    graphs[component] = byDtype.get(taken) as string
    if (dtype && taken !== dtype) otherwise.push(component)
  }
  if (dtype && otherwise.length === choices.size) {
    const valid = dtypeNames.filter((candidate) => [...choices.values()].some((byDtype) => byDtype.has(candidate)))
    throw new AppError('input_invalid', `"${name}" has no ${dtype} graphs; it has: ${valid.join(', ')}.`, {
      details: { valid },
    })
  }
  const weights = Object.values(graphs)
  const files = reachable.filter(
    ({ path }) =>
      path !== 'manifest.json' &&
      (CARD.test(path) || FACTS.test(path) || weights.some((graph) => path.startsWith(graph))),
  )
  return { files, graphs, otherwise }
}

const dtypeNames = Object.keys(DTYPES) as Dtype[]

function graphChoices(paths: readonly string[]): Map<string, Map<Dtype, string>> {
  const choices = new Map<string, Map<Dtype, string>>()
  for (const place of PLACES) {
    for (const path of paths) {
      const [, component, suffix = ''] = place.exec(path) ?? []
      if (component === undefined || (component === 'onnx' && place === PLACES[0])) continue
      const byDtype = choices.get(component) ?? new Map<Dtype, string>()
      choices.set(component, byDtype)
      const dtype = dtypeNames.find((name) => DTYPES[name] === suffix) as Dtype
      if (!byDtype.has(dtype)) byDtype.set(dtype, path)
    }
  }
  return choices
}
