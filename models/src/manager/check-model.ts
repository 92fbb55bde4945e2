import { readdir, stat } from 'node:fs/promises'
import { basename, dirname, join, relative, sep } from 'node:path'
import { AppError } from '@beatloom/core'
import { detectFamily } from '../library/detect-family.ts'
import { BFLOAT16, readGraphFacts } from '../library/graph-facts.ts'
import { findGraph } from '../library/graph-file.ts'
import { readModelJson } from '../library/json-file.ts'
import { componentNames, isModelFolder, modelFiles } from '../library/read-model.ts'
import { hasKnownOutput, unknownInput } from './known-ports.ts'
import { missingParts, neededBy } from './needed-parts.ts'

/**
 * Looks whether a folder is a model that can be used, without loading it.
 * @param name what the model is called in sentences.
 * @returns its family; `unknown` for graphs that no pipeline here is made of.
 * @throws {AppError} `model_invalid`, naming the file and what is wrong with it.
 */
export async function checkModel(folder: string, name: string): Promise<{ family: string }> {
  if (!(await isModelFolder(folder))) throw await notAModel(folder, name)
  const index = (await readModelJson(join(folder, 'model_index.json'))) ?? {}
  const components = await componentNames(folder, await modelFiles(folder))
  const configs: Record<string, Record<string, unknown>> = {}
  for (const component of components) {
    configs[component] = (await readModelJson(join(folder, component, 'config.json'))) ?? {}
  }
  const family = detectFamily({ index, components, config: (component) => configs[component] ?? {} })
  const missing = await missingParts(folder, family, index)
  if (missing.length > 0) {
    throw new AppError('model_invalid', `The model "${name}" is not complete; missing: ${missing.join(', ')}.`, {
      details: { model: name, family, missing },
    })
  }
  for (const component of components) await checkGraph(folder, component, neededBy(family) !== null)
  return { family }
}

/** @param known whether the names of inputs and outputs are ours to know. */
async function checkGraph(folder: string, component: string, known: boolean): Promise<void> {
  const graph = await findGraph(folder, component)
  if (!graph) return
  const path = inside(folder, graph.path)
  const facts = readGraphFacts(graph.path)
  for (const [location, neededBytes] of Object.entries(facts.external)) {
    await checkData(folder, graph.path, location, neededBytes)
  }
  if ([...facts.inputs, ...facts.outputs].some(({ elementType }) => elementType === BFLOAT16)) {
    const message = `${path} takes or gives bfloat16, which cannot be passed to it; export it with float32 inputs and outputs.`
    throw new AppError('model_invalid', message, { details: { file: path } })
  }
  if (!known) return
  const odd = unknownInput(
    component,
    facts.inputs.map((port) => port.name),
  )
  if (odd) {
    throw new AppError(
      'model_invalid',
      `The graph ${path} takes an input "${odd.name}" that nobody here can feed; known are: ${odd.known.join(', ')}.`,
      { details: { file: path, input: odd.name, valid: odd.known } },
    )
  }
  const outputs = facts.outputs.map((port) => port.name)
  if (!hasKnownOutput(component, outputs)) {
    throw new AppError(
      'model_invalid',
      `The graph ${path} gives none of the outputs of a ${component}, only ${outputs.join(', ')}.`,
      {
        details: { file: path, outputs },
      },
    )
  }
}

/** External data must lie in the model's folder and be as long as its graph says. */
async function checkData(folder: string, graph: string, location: string, neededBytes: number): Promise<void> {
  const file = join(dirname(graph), location)
  const path = inside(folder, file)
  const about = { graph: inside(folder, graph), file: path }
  if (path.startsWith('..')) {
    const message = `The graph ${about.graph} keeps its data outside of the model, in ${location}; export it with its data beside it.`
    throw new AppError('model_invalid', message, { details: about })
  }
  const sizeBytes = await stat(file).then(
    (facts) => facts.size,
    () => null,
  )
  if (sizeBytes === null) {
    const message = `The data of the graph ${about.graph} is missing: ${path} is not there.`
    throw new AppError('model_invalid', message, { details: about })
  }
  if (sizeBytes < neededBytes) {
    throw new AppError(
      'model_invalid',
      `The data of the graph ${about.graph} breaks off: ${path} has ${sizeBytes} of ${neededBytes} bytes; copy it again.`,
      { details: { ...about, sizeBytes, neededBytes } },
    )
  }
}

/** PyTorch weights are what people most often have instead. */
const TORCH = /\.(safetensors|bin|pt|pth|ckpt)$/i

async function notAModel(folder: string, name: string): Promise<AppError> {
  const names = await readdir(folder, { recursive: true }).catch(() => [])
  return noModelIn(name, names)
}

/** @param paths what is there instead. */
export function noModelIn(name: string, paths: readonly string[]): AppError {
  const torch = paths.find((path) => TORCH.test(path))
  const message = torch
    ? `"${name}" holds PyTorch weights (${basename(torch)}) and no ONNX graphs; export it first, see models/export.`
    : `"${name}" is no model: it has no model_index.json and no component with a model.onnx.`
  return new AppError('model_invalid', message, { details: { model: name } })
}

const inside = (folder: string, file: string): string => relative(folder, file).split(sep).join('/')
