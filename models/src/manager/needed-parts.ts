import { join } from 'node:path'
import { findFamily } from '../families.ts'
import { findGraph, isFile } from '../library/graph-file.ts'

/** Of families that no adapter here drives yet; facts of the architectures. */
const NOT_DRIVEN: Record<string, readonly string[]> = {
  'subject-segmenter': ['segmenter'],
}

/** Components without which a pipeline runs not one step; null for a family that nobody knows. */
export const neededBy = (family: string): readonly string[] | null =>
  findFamily(family)?.requires ?? NOT_DRIVEN[family] ?? null

/** Listed by `model_index.json` of many models and used by none of the pipelines here. */
const UNUSED = new Set(['feature_extractor', 'image_processor', 'processor', 'safety_checker', 'image_encoder'])

/**
 * Which files a model should have and has not.
 * @returns paths inside the folder, the first place of each where several would do.
 */
export async function missingParts(folder: string, family: string, index: Record<string, unknown>): Promise<string[]> {
  const wanted = new Set([...(neededBy(family) ?? []), ...listedIn(index)])
  const missing: string[] = []
  for (const part of wanted) {
    const has = (...path: string[]) => isFile(join(folder, part, ...path))
    if (part === 'scheduler') {
      if (!(await has('scheduler_config.json'))) missing.push('scheduler/scheduler_config.json')
    } else if (/^tokenizer/.test(part)) {
      const pieces = (await has('vocab.json')) && (await has('merges.txt'))
      if (!pieces && !(await has('tokenizer.json'))) missing.push(`${part}/tokenizer.json`)
    } else if (family === 'pocket' && part === 'vae_decoder') {
      // Its decoder is Beatloom's own: the folder holds facts alone.
      if (!(await has('config.json'))) missing.push('vae_decoder/config.json')
    } else if (!(await findGraph(folder, part))) missing.push(`${part}/model.onnx`)
  }
  return missing.sort()
}

/** Components of `model_index.json`: pairs of library and class; `[null, null]` stands for none. */
function listedIn(index: Record<string, unknown>): string[] {
  const listed = Object.entries(index)
    .filter(([, pair]) => Array.isArray(pair) && pair.length === 2 && pair.every((word) => typeof word === 'string'))
    .map(([part]) => (part === 'vae' ? 'vae_decoder' : part))
  const own = index['_class_name'] === 'BeatloomPocketPipeline'
  return listed.filter((part) => own || !UNUSED.has(part))
}
