import { readdir, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'

/** Suffixes that exporters give to the precisions of one graph, full precision first. */
const PRECISIONS = ['', '_fp16', '_int8', '_uint8', '_quantized', '_q4', '_q4f16', '_bnb4']

export interface GraphFile {
  path: string
  /** The graph and its external data. */
  files: string[]
  sizeBytes: number
}

/**
 * Finds a component's ONNX graph in the layouts that exporters write: `C/model.onnx`, `C/onnx/model.onnx`,
 * `onnx/C.onnx`, each with a precision suffix; full precision is preferred.
 * @returns null when the component has no graph.
 */
export async function findGraph(folder: string, component: string): Promise<GraphFile | null> {
  for (const suffix of PRECISIONS) {
    const candidates = [
      join(folder, component, `model${suffix}.onnx`),
      join(folder, component, 'onnx', `model${suffix}.onnx`),
      join(folder, 'onnx', `${component}${suffix}.onnx`),
    ]
    for (const path of candidates) {
      const found = await withExternalData(path)
      if (found) return found
    }
  }
  return null
}

/** External data lies beside the graph and is named after it: `model.onnx_data`, `model.onnx_data_1`, `model.onnx.data`. */
async function withExternalData(path: string): Promise<GraphFile | null> {
  if (!(await isFile(path))) return null
  const names = await readdir(dirname(path))
  const files = names.filter((name) => name.startsWith(basename(path))).map((name) => join(dirname(path), name))
  const sizes = await Promise.all(files.map(async (file) => (await stat(file)).size))
  return { path, files: files.sort(), sizeBytes: sizes.reduce((sum, size) => sum + size, 0) }
}

export async function isFile(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isFile()
  } catch {
    return false
  }
}
