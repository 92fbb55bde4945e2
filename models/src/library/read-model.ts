import { readdir, stat } from 'node:fs/promises'
import { basename, join, relative, sep } from 'node:path'
import { AppError, type ComponentRef, type InstalledModel } from '@beatloom/core'
import { detectFamily } from './detect-family.ts'
import { type FileHashes, hashOfHashes } from './file-hashes.ts'
import { findGraph, isFile } from './graph-file.ts'
import { readModelJson } from './json-file.ts'
import { readManifest, textOf } from './manifest.ts'

/** Folders in a model that are not components. */
const NOT_COMPONENTS = new Set(['scheduler', 'onnx', 'assets'])

/** Whether a folder looks like a model: a `model_index.json`, or a component with a graph. */
export async function isModelFolder(folder: string): Promise<boolean> {
  if (await isFile(join(folder, 'model_index.json'))) return true
  for (const name of await subFolders(folder)) {
    if (name !== 'onnx' && (await findGraph(folder, name))) return true
  }
  return false
}

/**
 * Reads a model folder's facts and hashes.
 * @throws {AppError} `model_invalid` when one of its JSON files cannot be read, `model_missing` when there is no folder.
 */
export async function readModel(folder: string, hashes: FileHashes): Promise<InstalledModel> {
  const paths = await modelFiles(folder)
  if (paths.length === 0) {
    throw new AppError('model_missing', `There is no model in ${folder}.`, { details: { folder } })
  }
  const manifest = await readManifest(folder)
  const index = (await readModelJson(join(folder, 'model_index.json'))) ?? {}
  const content: Record<string, string> = {}
  let sizeBytes = 0
  for (const path of paths) {
    const file = join(folder, path)
    const size = (await stat(file)).size
    const listed = manifest.files[path]
    sizeBytes += size
    // A file of another size is another file, whatever the manifest says.
    const trusted = listed && (listed.sizeBytes === null || listed.sizeBytes === size)
    content[path] = trusted ? listed.sha256 : await hashes.sha256(file)
  }
  await hashes.save()

  const components: Record<string, ComponentRef> = {}
  const configs: Record<string, Record<string, unknown>> = {}
  for (const name of await componentNames(folder, paths)) {
    const parts = Object.entries(content).filter(([path]) => belongsTo(path, name))
    components[name] = { folder, component: name, sha256: hashOfHashes(Object.fromEntries(parts)) }
    configs[name] = (await readModelJson(join(folder, name, 'config.json'))) ?? {}
  }
  const name = basename(folder)
  return {
    name,
    title: manifest.title ?? textOf(index['title']) ?? name,
    family: detectFamily({ index, components: Object.keys(components), config: (part) => configs[part] ?? {} }),
    folder,
    components,
    index,
    scheduler: (await readModelJson(join(folder, 'scheduler', 'scheduler_config.json'))) ?? {},
    sizeBytes,
    sha256: hashOfHashes(content),
    licence: manifest.licence,
    source: manifest.source,
  }
}

export async function componentNames(folder: string, paths: readonly string[]): Promise<string[]> {
  const names = (await subFolders(folder)).filter((name) => !NOT_COMPONENTS.has(name))
  const kept = names.filter((name) =>
    paths.some(
      (path) => path.startsWith(`${name}/`) && /(\.onnx|\/config\.json|\/tokenizer\.json|\/vocab\.json)$/.test(path),
    ),
  )
  // Flat exports keep every graph in onnx/, named after its component.
  const flat = paths.map(
    (path) => /^onnx\/(\w+?)(_fp16|_int8|_uint8|_quantized|_q4|_q4f16|_bnb4)?\.onnx$/.exec(path)?.[1],
  )
  return [...new Set([...kept, ...flat.filter((name) => name !== undefined)])].sort()
}

function belongsTo(path: string, component: string): boolean {
  return path.startsWith(`${component}/`) || new RegExp(`^onnx/${component}[_.]`).test(path)
}

async function subFolders(folder: string): Promise<string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true })
    return entries.filter((entry) => entry.isDirectory() && !entry.name.startsWith('.')).map((entry) => entry.name)
  } catch {
    return []
  }
}

/** What makes a model: its files at the top and up to two folders down, without hidden ones, cards and the manifest. */
export async function modelFiles(folder: string): Promise<string[]> {
  const found: string[] = []
  const walk = async (at: string, depth: number): Promise<void> => {
    let entries: Awaited<ReturnType<typeof listing>>
    try {
      entries = await listing(at)
    } catch {
      return
    }
    for (const entry of entries) {
      if (entry.name.startsWith('.') || /\.md$/i.test(entry.name)) continue
      const path = join(at, entry.name)
      if (entry.isDirectory() && depth > 0) await walk(path, depth - 1)
      // Caches of model hubs link files; `stat` sees what the link leads to.
      else if (entry.isFile() || (entry.isSymbolicLink() && (await isFile(path)))) found.push(path)
    }
  }
  await walk(folder, 2)
  const names = found.map((path) => relative(folder, path).split(sep).join('/'))
  return names.filter((name) => name !== 'manifest.json').sort()
}

function listing(folder: string) {
  return readdir(folder, { withFileTypes: true })
}
