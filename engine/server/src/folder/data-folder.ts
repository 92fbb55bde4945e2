import { mkdirSync, rmSync } from 'node:fs'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Where everything of one installation lies; each path is absolute. */
export interface DataFolder {
  root: string
  database: string
  /** Files that people brought in: `<sha256>/<name>`. */
  assets: string
  /** Files that runs made: `<sha256>/<name>`. */
  artifacts: string
  cache: string
  /** Work in progress; emptied when the folder is opened. */
  scratch: string
  lock: string
  owner: string
}

/** The repository: the gallery, the samples and the built editor lie in it. */
export const REPOSITORY = resolve(fileURLToPath(import.meta.url), '../../../../..')
export const GALLERY = join(REPOSITORY, 'workflows')
export const SAMPLES = join(GALLERY, 'samples')

/** The platform's place for application data, unless BEATLOOM_DATA names another. */
export function defaultDataRoot(env: NodeJS.ProcessEnv = process.env, platform: string = process.platform): string {
  if (env.BEATLOOM_DATA) return resolve(env.INIT_CWD ?? process.cwd(), env.BEATLOOM_DATA)
  if (platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'Beatloom')
  if (platform === 'win32') return join(env.LOCALAPPDATA ?? join(homedir(), 'AppData', 'Local'), 'Beatloom')
  return join(env.XDG_DATA_HOME || join(homedir(), '.local', 'share'), 'beatloom')
}

export function dataFolderAt(root: string): DataFolder {
  return {
    root,
    database: join(root, 'db.sqlite'),
    assets: join(root, 'assets'),
    artifacts: join(root, 'artifacts'),
    cache: join(root, 'cache'),
    scratch: join(root, 'scratch'),
    lock: join(root, 'lock.sqlite'),
    owner: join(root, 'owner.json'),
  }
}

export function createFolders(folder: DataFolder): void {
  for (const path of [folder.root, folder.assets, folder.artifacts, folder.cache, folder.scratch]) {
    mkdirSync(path, { recursive: true })
  }
}

/** Removes what earlier processes left half done. Only the folder's owner may call it. */
export function emptyScratch(folder: DataFolder): void {
  rmSync(folder.scratch, { recursive: true, force: true })
  mkdirSync(folder.scratch, { recursive: true })
}
