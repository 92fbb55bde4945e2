import { createHash } from 'node:crypto'
import { constants, copyFile, link, mkdir, readdir, realpath, rm, stat } from 'node:fs/promises'
import { dirname, join, relative, sep } from 'node:path'
import { readGraphFacts } from '../library/graph-facts.ts'
import { readModelJson } from '../library/json-file.ts'
import { type ManifestFiles, readManifest, textOf } from '../library/manifest.ts'
import { checkRoom, feedFile, stopIfCancelled, type TellProgress } from './add-progress.ts'
import type { AddWork, ReadyModel } from './add-work.ts'
import { checkModel } from './check-model.ts'
import { type Dtype, type ListedFile, pickFiles } from './pick-files.ts'

/**
 * Brings a folder of this machine in: hard links where both lie on one file system, copies elsewhere.
 * @throws {AppError} `model_invalid`, `input_invalid`, `not_enough_disk`, `run_cancelled`
 */
export async function addFolder(source: string, dtype: Dtype | undefined, work: AddWork): Promise<ReadyModel> {
  const { name, signal, tell } = work
  tell({ phase: 'checking', file: '', doneBytes: 0, totalBytes: 0 })
  const listed = await listFolder(source)
  const picked = pickFiles(name, listed, dtype)
  const data = dataOf(source, picked.graphs)
  const files = listed.filter((file) => picked.files.includes(file) || data.has(file.path))
  // With a precision asked for, only what is taken has to be in order.
  if (!dtype) await checkModel(source, name)
  const totalBytes = files.reduce((sum, file) => sum + file.sizeBytes, 0)
  const staging = await work.stage(`folder ${source} ${dtype ?? ''}`)
  const linkable = (await stat(staging.folder)).dev === (await stat(source)).dev
  checkRoom(linkable ? 0 : totalBytes, await work.freeBytes(staging.folder), name)
  const content = await bring(source, staging.folder, files, totalBytes, signal, tell)
  const { family } = await checkModel(staging.folder, name)
  const manifest = await readManifest(source)
  const index = (await readModelJson(join(source, 'model_index.json'))) ?? {}
  return {
    title: manifest.title ?? textOf(index['title']),
    licence: manifest.licence,
    source,
    family,
    files: content,
    otherwise: picked.otherwise,
    staging,
  }
}

async function listFolder(folder: string): Promise<ListedFile[]> {
  const found: ListedFile[] = []
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
    const path = join(entry.parentPath, entry.name)
    // Caches of hubs hold links; `stat` sees what they lead to.
    const facts = await stat(path).catch(() => null)
    if (facts?.isFile()) found.push({ path: relative(folder, path).split(sep).join('/'), sizeBytes: facts.size })
  }
  return found.sort((a, b) => (a.path < b.path ? -1 : 1))
}

/** Data files of graphs, whose names only the graphs tell, as paths inside the model. */
export function dataOf(folder: string, graphs: Record<string, string>): Set<string> {
  const locations = (graph: string) => Object.keys(readGraphFacts(join(folder, graph)).external)
  return new Set(
    Object.values(graphs).flatMap((graph) =>
      locations(graph).map((location) => join(dirname(graph), location).split(sep).join('/')),
    ),
  )
}

async function bring(
  source: string,
  target: string,
  files: readonly ListedFile[],
  totalBytes: number,
  signal: AbortSignal,
  tell: TellProgress,
): Promise<ManifestFiles> {
  const content: ManifestFiles = {}
  let doneBytes = 0
  for (const { path, sizeBytes } of files) {
    stopIfCancelled(signal)
    const file = join(target, path)
    await mkdir(dirname(file), { recursive: true })
    await rm(file, { force: true })
    await linkOrCopy(join(source, path), file)
    const hash = createHash('sha256')
    await feedFile(file, [hash], signal, (bytes) => {
      doneBytes += bytes
      tell({ phase: 'copying', file: path, doneBytes, totalBytes })
    })
    content[path] = { sha256: hash.digest('hex'), sizeBytes }
  }
  return content
}

/** The runtime refuses data behind symbolic links that lead out of the model, so the real file is linked. */
async function linkOrCopy(from: string, to: string): Promise<void> {
  const real = await realpath(from)
  try {
    await link(real, to)
  } catch {
    // Another file system, or one without hard links.
    await copyFile(real, to, constants.COPYFILE_FICLONE)
  }
}
