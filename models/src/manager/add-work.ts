import type { ManifestFiles } from '../library/manifest.ts'
import type { TellProgress } from './add-progress.ts'
import type { Staging } from './staging.ts'

/** What every way of adding a model is handed. */
export interface AddWork {
  name: string
  signal: AbortSignal
  tell: TellProgress
  freeBytes(folder: string): Promise<number>
  /** Opens the folder that becomes the model; the same source finds what an earlier try left. */
  stage(source: string): Promise<Staging>
}

/** What an addition found out about the model. */
export interface AddedModel {
  title: string | null
  licence: string | null
  /** Folder, or `owner/name@commit` with the hub's address before it where it is not the usual one. */
  source: string
  family: string
  files: ManifestFiles
  /** Components that came in another precision than asked for. */
  otherwise: string[]
}

/** An addition whose files are all there and checked. */
export type ReadyModel = AddedModel & { staging: Staging }
