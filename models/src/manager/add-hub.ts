import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { readModelJson } from '../library/json-file.ts'
import { type ManifestFiles, readManifest, textOf } from '../library/manifest.ts'
import { dataOf } from './add-folder.ts'
import { checkRoom } from './add-progress.ts'
import type { AddWork, ReadyModel } from './add-work.ts'
import { checkModel } from './check-model.ts'
import { type DownloadPatience, downloadFile } from './download-file.ts'
import type { HubAccess } from './hub-fetch.ts'
import { type HubFile, listHub } from './hub-listing.ts'
import { type Dtype, pickFiles } from './pick-files.ts'

export const USUAL_HUB = 'https://huggingface.co'

/**
 * Fetches a model from a hub, file by file, each checked by size and hash.
 * @throws {AppError} `hub_unreachable`, `hub_refused`, `hub_changed`, `not_found`, `model_invalid`, `input_invalid`,
 * `not_enough_disk`, `run_cancelled`
 */
export async function addFromHub(
  access: HubAccess,
  dtype: Dtype | undefined,
  patience: DownloadPatience,
  work: AddWork,
): Promise<ReadyModel> {
  const { name, tell } = work
  tell({ phase: 'listing', file: '', doneBytes: 0, totalBytes: 0 })
  const { commit, licence, files: listed } = await listHub(access, patience.pauseMs)
  const picked = pickFiles(access.repo, listed, dtype)
  const hub = access.hubUrl === USUAL_HUB ? '' : `${access.hubUrl}/`
  const source = `${hub}${access.repo}@${commit}`
  const staging = await work.stage(`hub ${source} ${dtype ?? ''}`)
  const content: ManifestFiles = {}
  let doneBytes = 0
  let totalBytes = 0
  const fetchAll = async (files: readonly HubFile[]): Promise<void> => {
    totalBytes += files.reduce((sum, file) => sum + file.sizeBytes, 0)
    tell({ phase: 'downloading', file: '', doneBytes, totalBytes })
    checkRoom(await stillNeeded(staging.folder, files), await work.freeBytes(staging.folder), name)
    for (const file of files) {
      const sha256 = await downloadFile(
        { ...access, commit },
        file,
        join(staging.folder, file.path),
        patience,
        (bytes) => tell({ phase: 'downloading', file: file.path, doneBytes: doneBytes + bytes, totalBytes }),
      )
      content[file.path] = { sha256, sizeBytes: file.sizeBytes }
      doneBytes += file.sizeBytes
    }
  }
  // For the title and licence it states; the one that stays is written anew.
  const stated = listed.filter(({ path }) => path === 'manifest.json')
  await fetchAll([...stated, ...picked.files])
  const data = dataOf(staging.folder, picked.graphs)
  await fetchAll(listed.filter(({ path }) => data.has(path) && !content[path]))
  tell({ phase: 'checking', file: '', doneBytes, totalBytes })
  const { family } = await checkModel(staging.folder, name)
  const manifest = await readManifest(staging.folder)
  delete content['manifest.json']
  const index = (await readModelJson(join(staging.folder, 'model_index.json'))) ?? {}
  return {
    title: manifest.title ?? textOf(index['title']),
    licence: manifest.licence ?? licence,
    source,
    family,
    files: content,
    otherwise: picked.otherwise,
    staging,
  }
}

async function stillNeeded(folder: string, files: readonly HubFile[]): Promise<number> {
  let bytes = 0
  for (const { path, sizeBytes } of files) {
    const there = await stat(join(folder, path)).then(
      (facts) => facts.size,
      () => 0,
    )
    bytes += Math.max(0, sizeBytes - there)
  }
  return bytes
}
