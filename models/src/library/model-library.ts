import { readdir, stat } from 'node:fs/promises'
import { basename, join, relative, resolve, sep } from 'node:path'
import { AppError, type ComponentRef, type InstalledModel, reasonOf } from '@beatloom/core'
import { createFileHashes } from './file-hashes.ts'
import { findGraph, type GraphFile } from './graph-file.ts'
import { readManifest } from './manifest.ts'
import { isModelFolder, readModel } from './read-model.ts'

/** The folder that holds the model in the box. */
export const bundledModelsFolder = resolve(import.meta.dirname, '../..')

export interface ModelLibrary {
  /** Every readable model, by name. */
  list(): Promise<InstalledModel[]>
  /** @throws {AppError} `model_missing` with the installed names, `model_invalid`. */
  open(name: string): Promise<InstalledModel>
  /** The model in a folder, in the library or not. */
  openFolder(folder: string): Promise<InstalledModel>
  /**
   * A component's graph, its files checked against the manifest.
   * @throws {AppError} `model_missing` without a graph, `model_invalid` when a file is not the one the manifest lists.
   */
  graphOf(component: ComponentRef): Promise<GraphFile>
}

/**
 * The models in some folders; each sub-folder that is a model counts, earlier folders win.
 * @param dataFolder where hashes are remembered.
 * @param notice told of models that had to be left out.
 */
export function createModelLibrary(
  folders: readonly string[],
  dataFolder: string | undefined,
  notice: (text: string) => void = () => {},
): ModelLibrary {
  const hashes = createFileHashes(dataFolder)
  const roots = [...new Set([...folders.map((folder) => resolve(folder)), bundledModelsFolder])]
  const opened = new Map<string, { signature: string; model: Promise<InstalledModel> }>()
  const graphs = new Map<string, Promise<GraphFile>>()

  async function openFolder(folder: string): Promise<InstalledModel> {
    const signature = await signatureOf(folder)
    const known = opened.get(folder)
    if (known?.signature === signature) return known.model
    const model = readModel(folder, hashes)
    opened.set(folder, { signature, model })
    model.catch(() => opened.delete(folder))
    return model
  }

  async function modelFolders(): Promise<Map<string, string>> {
    const found = new Map<string, string>()
    for (const root of roots) {
      const entries = await readdir(root, { withFileTypes: true }).catch(() => [])
      for (const entry of entries) {
        if (entry.name.startsWith('.') || found.has(entry.name) || !(entry.isDirectory() || entry.isSymbolicLink()))
          continue
        if (await isModelFolder(join(root, entry.name))) found.set(entry.name, join(root, entry.name))
      }
    }
    return found
  }

  async function checkedGraph({ folder, component }: ComponentRef): Promise<GraphFile> {
    const graph = await findGraph(folder, component)
    if (!graph) {
      const model = basename(folder)
      throw new AppError(
        'model_missing',
        `The model "${model}" has no ${component}: ${join(folder, component, 'model.onnx')} is not there.`,
        { details: { model, component, folder } },
      )
    }
    const { files } = await readManifest(folder)
    for (const file of graph.files) {
      const path = relative(folder, file).split(sep).join('/')
      const listed = files[path]
      if (listed && listed.sha256 !== (await hashes.sha256(file))) {
        throw new AppError(
          'model_invalid',
          `The file ${path} of the model "${basename(folder)}" is not the one its manifest.json lists; it may be damaged or only half copied.`,
          { details: { file, expected: listed.sha256 } },
        )
      }
    }
    await hashes.save()
    return graph
  }

  return {
    openFolder,
    async list() {
      const models: InstalledModel[] = []
      for (const [name, folder] of await modelFolders()) {
        try {
          models.push(await openFolder(folder))
        } catch (error) {
          notice(`The model "${name}" is left out: ${reasonOf(error)}`)
        }
      }
      return models.sort((a, b) => (a.name < b.name ? -1 : 1))
    },
    async open(name) {
      // A name is one folder's name; anything else could lead out of the library.
      if (name !== '' && name !== '.' && name !== '..' && !/[/\\\0]/.test(name)) {
        for (const root of roots) {
          if (await isModelFolder(join(root, name))) return openFolder(join(root, name))
        }
      }
      const installed = [...(await modelFolders()).keys()].sort()
      throw new AppError(
        'model_missing',
        `The model "${name}" is not installed; installed are: ${installed.join(', ') || 'none'}.`,
        { details: { model: name, valid: installed } },
      )
    },
    graphOf(component) {
      const key = `${component.folder}\0${component.component}\0${component.sha256}`
      let graph = graphs.get(key)
      if (!graph) {
        graph = checkedGraph(component)
        graphs.set(key, graph)
        graph.catch(() => graphs.delete(key))
      }
      return graph
    },
  }
}

/** Changes whenever a file of the folder is written, so a retrained model is read again. */
async function signatureOf(folder: string): Promise<string> {
  const parts: string[] = []
  const entries = await readdir(folder, { withFileTypes: true, recursive: true }).catch(() => [])
  for (const entry of entries) {
    if (!entry.isFile() && !entry.isSymbolicLink()) continue
    const path = join(entry.parentPath, entry.name)
    const facts = await stat(path).catch(() => null)
    if (facts) parts.push(`${path}\0${facts.size}\0${facts.mtimeMs}`)
  }
  return parts.sort().join('\n')
}
