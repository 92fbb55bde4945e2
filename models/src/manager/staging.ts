import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { AppError } from '@beatloom/core'
import { readRemembered } from '../library/json-file.ts'

/** A model in the making: a hidden folder that no list shows, renamed when it is whole. */
export interface Staging {
  folder: string
  /** Makes it a model with its name. */
  finish(): Promise<string>
  /** Lets another process go on with it; what is there stays. */
  release(): Promise<void>
}

const SOURCE = '.source.json'
/** Folders that this process works on. */
const mine = new Set<string>()

export const stagingFolder = (root: string, name: string): string => join(root, `.adding-${name}`)

/**
 * Opens the hidden folder of a name. What an earlier try of the same source left there is kept.
 * @param source what is fetched, as text: with another one the folder begins empty.
 * @throws {AppError} `model_exists` while another process adds a model of that name.
 */
export async function openStaging(root: string, name: string, source: string): Promise<Staging> {
  const folder = stagingFolder(root, name)
  const lock = `${folder}.lock`
  await mkdir(root, { recursive: true })
  await takeLock(lock, name)
  try {
    const left = await readRemembered<{ source?: string }>(join(folder, SOURCE), {})
    if (left.source !== source) await rm(folder, { recursive: true, force: true })
    await mkdir(folder, { recursive: true })
    await writeFile(join(folder, SOURCE), JSON.stringify({ source }))
  } catch (error) {
    await dropLock(lock)
    throw error
  }
  return {
    folder,
    async finish() {
      await rm(join(folder, SOURCE))
      await rename(folder, join(root, name))
      return join(root, name)
    },
    release: () => dropLock(lock),
  }
}

/** @returns whether there was something to remove. */
export async function dropStaging(root: string, name: string): Promise<boolean> {
  const folder = stagingFolder(root, name)
  const there = await readFile(join(folder, SOURCE)).then(
    () => true,
    () => false,
  )
  if (!there) return false
  await takeLock(`${folder}.lock`, name)
  await rm(folder, { recursive: true, force: true })
  await dropLock(`${folder}.lock`)
  return true
}

async function takeLock(lock: string, name: string): Promise<void> {
  for (let again = false; ; again = true) {
    try {
      await writeFile(lock, String(process.pid), { flag: 'wx' })
      mine.add(lock)
      return
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
    const owner = Number(await readFile(lock, 'utf8').catch(() => '0'))
    // A process that was killed leaves its lock behind; its number may be ours by now.
    if (again || (owner === process.pid ? mine.has(lock) : isAlive(owner))) {
      throw new AppError('model_exists', `The model "${name}" is being added already.`, { details: { model: name } })
    }
    await rm(lock, { force: true })
  }
}

async function dropLock(lock: string): Promise<void> {
  mine.delete(lock)
  await rm(lock, { force: true })
}

function isAlive(pid: number): boolean {
  if (pid <= 0) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
