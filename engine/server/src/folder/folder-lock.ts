import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { AppError } from '@beatloom/core'
import type { DataFolder } from './data-folder.ts'

/** Who holds a data folder, for those who find it taken. */
export interface FolderOwner {
  pid: number
  kind: 'server' | 'cli'
  /** Where a server can be reached. */
  url: string | null
}

export interface FolderLock {
  /** Says where this owner can be reached, once it listens. */
  announce(owner: FolderOwner): void
  release(): void
}

const SQLITE_BUSY = 5

/**
 * Takes the data folder. The lock is SQLite's own on a file that is used for nothing else: the system drops it when
 * the process ends in any way, so there are no stale locks to guess about.
 * @returns null when another process has it.
 */
export function tryLockFolder(folder: DataFolder): FolderLock | null {
  const database = new DatabaseSync(folder.lock, { timeout: 0 })
  try {
    database.exec('BEGIN EXCLUSIVE')
  } catch (error) {
    database.close()
    if ((error as { errcode?: number }).errcode === SQLITE_BUSY) return null
    throw error
  }
  rmSync(folder.owner, { force: true })
  let held = true
  return {
    announce: (owner) => writeFileSync(folder.owner, JSON.stringify(owner)),
    release() {
      if (!held) return
      held = false
      rmSync(folder.owner, { force: true })
      database.close()
    },
  }
}

/** What the present owner said of itself; null while it starts up. */
export function readOwner(folder: DataFolder): FolderOwner | null {
  try {
    return JSON.parse(readFileSync(folder.owner, 'utf8')) as FolderOwner
  } catch {
    return null
  }
}

/** @throws {AppError} `data_folder_busy` */
export function lockFolder(folder: DataFolder): FolderLock {
  const lock = tryLockFolder(folder)
  if (lock) return lock
  const owner = readOwner(folder)
  const who = owner?.url ? `a Beatloom server at ${owner.url}` : 'another Beatloom process'
  throw new AppError(
    'data_folder_busy',
    `The data folder is in use by ${who}. Use that one, or set BEATLOOM_DATA to another folder.`,
    { details: owner ? { pid: owner.pid, url: owner.url } : undefined },
  )
}
