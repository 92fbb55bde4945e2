import { existsSync, mkdirSync } from 'node:fs'
import { mkdir, readFile, rename, rm, statfs, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { deserialize, serialize } from 'node:v8'
import type { CachedResult, Display, ResultCache } from '@beatloom/core'
import { inTransaction } from '../store/database.ts'
import { valueFacts } from './value-facts.ts'

export interface CacheLimits {
  memoryBytes: number
  diskBytes: number
  /** Results made faster than this stay in memory, unless they are large, made files or show something. */
  cheapSeconds: number
  smallBytes: number
}

const DEFAULT_LIMITS: CacheLimits = {
  memoryBytes: 64 * 2 ** 20,
  diskBytes: 4 * 2 ** 30,
  cheapSeconds: 0.02,
  smallBytes: 64 * 1024,
}

/** Of the disk's share, what files' entries hold before the oldest of them leave like any other. */
const FILES_SHARE = 0.5
/** Left free on the disk for videos and the store of runs. */
const RESERVED_BYTES = 64 * 2 ** 20

interface MemoryEntry {
  result: CachedResult
  bytes: number
  paths: string[]
}

interface DiskEntry {
  bytes: number
  usedAt: number
  paths: string[]
  /** What came out are files: a shot, a video, a song. Hours may be in them, and hardly a byte of them lies here. */
  isFile: boolean
  shows: boolean
}

interface IndexRow {
  key: string
  bytes: number
  used_at: number
  paths: string
  is_file: number
  shows: number
}

/** Entries are written some time after the moment that stands in them. */
const CLOCK_SLACK_MS = 60_000

/**
 * Results by content key, in memory and on disk, both capped, least recently used out first. On disk, entries of files
 * leave last: what an interrupted run has finished is there when it goes on, however many latents were kept since. The
 * index is read once, so `has` answers at once. An entry whose files are gone counts as missing.
 */
export class DiskCache implements ResultCache {
  readonly #root: string
  readonly #limits: CacheLimits
  readonly #index: DatabaseSync
  readonly #memory = new Map<string, MemoryEntry>()
  readonly #disk = new Map<string, DiskEntry>()
  readonly #touched = new Set<string>()
  readonly #writing = new Map<string, Promise<void>>()
  #refreshedAt = Date.now()
  #memoryBytes = 0
  #diskBytes = 0

  constructor(root: string, limits: Partial<CacheLimits> = {}) {
    this.#root = root
    this.#limits = { ...DEFAULT_LIMITS, ...limits }
    mkdirSync(root, { recursive: true })
    this.#index = new DatabaseSync(join(root, 'index.sqlite'), { timeout: 5_000 })
    this.#index.exec(
      `PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;
       CREATE TABLE IF NOT EXISTS entries (
         key TEXT PRIMARY KEY, bytes INTEGER NOT NULL, used_at INTEGER NOT NULL, paths TEXT NOT NULL)`,
    )
    addLaterColumns(this.#index)
    const rows = this.#index.prepare('SELECT * FROM entries ORDER BY used_at').all()
    this.#take(rows as unknown as IndexRow[])
  }

  /** Takes note of what other processes wrote and let go since it was last asked to. */
  refresh(): void {
    const rows = this.#index.prepare('SELECT * FROM entries WHERE used_at >= ?')
    const since = this.#refreshedAt - CLOCK_SLACK_MS
    this.#refreshedAt = Date.now()
    this.#take(rows.all(since) as unknown as IndexRow[])
    const { count } = this.#index.prepare('SELECT COUNT(*) AS count FROM entries').get() as { count: number }
    if (count < this.#disk.size) this.#forgetGone()
  }

  get sizes(): { memoryBytes: number; diskBytes: number } {
    return { memoryBytes: this.#memoryBytes, diskBytes: this.#diskBytes }
  }

  has(key: string): boolean {
    const entry = this.#memory.get(key) ?? this.#disk.get(key)
    return entry?.paths.every((path) => existsSync(path)) ?? false
  }

  displayOf(key: string): Promise<Display[] | undefined> | Display[] | undefined {
    const known = this.#memory.get(key)
    const shows = known ? known.result.display.length > 0 : this.#disk.get(key)?.shows === true
    if (!shows || !this.has(key)) return undefined
    return known?.result.display ?? this.#readDisplay(key)
  }

  /** What a result takes, in memory or on disk; null where there is none. */
  sizeOf(key: string): number | null {
    return this.#memory.get(key)?.bytes ?? this.#disk.get(key)?.bytes ?? null
  }

  get(key: string): Promise<CachedResult | undefined> | CachedResult | undefined {
    const known = this.#memory.get(key)
    if (known) {
      this.#memory.delete(key)
      this.#memory.set(key, known)
      this.#touch(key)
      return known.result
    }
    return this.#disk.has(key) ? this.#read(key) : undefined
  }

  put(key: string, result: CachedResult, cost: { seconds: number }): void {
    const { bytes, paths } = valueFacts(result)
    this.#remember(key, { result, bytes, paths })
    const isSeen = paths.length > 0 || result.display.length > 0
    const worthKeeping = isSeen || cost.seconds >= this.#limits.cheapSeconds || bytes >= this.#limits.smallBytes
    if (!worthKeeping || this.#disk.has(key) || this.#writing.has(key)) return
    const write = this.#write(key, result, paths).finally(() => this.#writing.delete(key))
    this.#writing.set(key, write)
  }

  /** Waits for writes under way and keeps the order of use. */
  async flush(): Promise<void> {
    await Promise.all(this.#writing.values())
    if (this.#touched.size === 0) return
    inTransaction(this.#index, () => {
      const update = this.#index.prepare('UPDATE entries SET used_at = ? WHERE key = ?')
      for (const key of this.#touched) {
        const entry = this.#disk.get(key)
        if (entry) update.run(entry.usedAt, key)
      }
    })
    this.#touched.clear()
  }

  async close(): Promise<void> {
    await this.flush()
    this.#index.close()
  }

  #take(rows: readonly IndexRow[]): void {
    for (const { key, bytes, used_at: usedAt, paths, is_file, shows } of rows) {
      if (this.#disk.has(key)) continue
      const entry = { bytes, usedAt, paths: JSON.parse(paths) as string[], isFile: is_file === 1, shows: shows === 1 }
      this.#disk.set(key, entry)
      this.#diskBytes += bytes
    }
  }

  #forgetGone(): void {
    const rows = this.#index.prepare('SELECT key FROM entries').all() as { key: string }[]
    const there = new Set(rows.map((row) => row.key))
    for (const [key, { bytes }] of this.#disk) {
      if (there.has(key)) continue
      this.#disk.delete(key)
      this.#diskBytes -= bytes
    }
  }

  #remember(key: string, entry: MemoryEntry): void {
    const old = this.#memory.get(key)
    if (old) this.#memoryBytes -= old.bytes
    this.#memory.delete(key)
    if (entry.bytes > this.#limits.memoryBytes / 4) return
    this.#memory.set(key, entry)
    this.#memoryBytes += entry.bytes
    for (const [oldest, { bytes }] of this.#memory) {
      if (this.#memoryBytes <= this.#limits.memoryBytes) break
      this.#memory.delete(oldest)
      this.#memoryBytes -= bytes
    }
  }

  async #read(key: string): Promise<CachedResult | undefined> {
    try {
      const result = deserialize(await readFile(this.#pathOf(key))) as CachedResult
      if (saysLists(result)) {
        const { bytes, paths } = valueFacts(result)
        this.#remember(key, { result, bytes, paths })
        this.#touch(key)
        return result
      }
    } catch {
      // Damaged: a miss like any other.
    }
    await this.#drop([key])
    return undefined
  }

  async #readDisplay(key: string): Promise<Display[] | undefined> {
    try {
      return deserialize(await readFile(displayPath(this.#pathOf(key)))) as Display[]
    } catch {
      return undefined
    }
  }

  /** A result that cannot be written is made again next time; the run at hand must not fail for it. */
  async #write(key: string, result: CachedResult, paths: string[]): Promise<void> {
    const path = this.#pathOf(key)
    const partial = `${path}.${process.pid}.part`
    try {
      const data = serialize(result)
      const shows = result.display.length > 0
      // Beside it once more by itself: pictures of megabytes are shown by small files.
      const display = shows ? serialize(result.display) : null
      const bytes = data.length + (display?.length ?? 0)
      // What runs make and the record of them come first when the disk is nearly full.
      if ((await freeBytes(this.#root)) < bytes + RESERVED_BYTES) return
      await mkdir(dirname(path), { recursive: true })
      if (display) {
        await writeFile(partial, display)
        await rename(partial, displayPath(path))
      }
      await writeFile(partial, data)
      await rename(partial, path)
      const usedAt = Date.now()
      // A file that is only shown beside a result can be had again with it.
      const isFile = valueFacts(result.outputs).paths.length > 0
      this.#index
        .prepare(
          'INSERT OR REPLACE INTO entries (key, bytes, used_at, paths, is_file, shows) VALUES (?, ?, ?, ?, ?, ?)',
        )
        .run(key, bytes, usedAt, JSON.stringify(paths), Number(isFile), Number(shows))
      this.#diskBytes += bytes - (this.#disk.get(key)?.bytes ?? 0)
      this.#disk.set(key, { bytes, usedAt, paths, isFile, shows })
      await this.#makeRoom()
    } catch {
      await rm(partial, { force: true })
    }
  }

  #touch(key: string): void {
    const entry = this.#disk.get(key)
    if (!entry) return
    entry.usedAt = Date.now()
    this.#disk.delete(key)
    this.#disk.set(key, entry)
    this.#touched.add(key)
  }

  /** Down to nine tenths, so that not every write evicts. */
  async #makeRoom(): Promise<void> {
    if (this.#diskBytes <= this.#limits.diskBytes) return
    let excess = this.#diskBytes - 0.9 * this.#limits.diskBytes
    const leaving: string[] = []
    for (const [key, { bytes }] of this.#byWorth()) {
      if (excess <= 0) break
      leaving.push(key)
      excess -= bytes
    }
    await this.#drop(leaving)
  }

  /** Files last, but for the oldest of those that hold more than their share; the rest by age. */
  #byWorth(): [string, DiskEntry][] {
    const files: [string, DiskEntry][] = []
    const others: [string, DiskEntry][] = []
    let surplus = -FILES_SHARE * this.#limits.diskBytes
    for (const entry of this.#disk) {
      const { isFile, bytes } = entry[1]
      if (isFile) surplus += bytes
      ;(isFile ? files : others).push(entry)
    }
    let beyond = 0
    while (surplus > 0) surplus -= files[beyond++]![1].bytes
    return [...files.slice(0, beyond), ...others, ...files.slice(beyond)]
  }

  async #drop(keys: string[]): Promise<void> {
    inTransaction(this.#index, () => {
      const remove = this.#index.prepare('DELETE FROM entries WHERE key = ?')
      for (const key of keys) remove.run(key)
    })
    for (const key of keys) {
      this.#diskBytes -= this.#disk.get(key)?.bytes ?? 0
      this.#disk.delete(key)
      const path = this.#pathOf(key)
      for (const file of [path, displayPath(path)]) await rm(file, { force: true })
    }
  }

  #pathOf(key: string): string {
    return join(this.#root, key.slice(0, 2), key)
  }
}

const displayPath = (path: string): string => `${path}.display`

/** Entries of before do not say which of their outputs are lists: those that hold none are good all the same. */
function saysLists(result: CachedResult): boolean {
  if (Array.isArray(result.lists)) return true
  if (Object.values(result.outputs).some(Array.isArray)) return false
  result.lists = []
  return true
}

/** Entries of before that lean on files count as files; what they show is shown when they are asked for. */
function addLaterColumns(index: DatabaseSync): void {
  inTransaction(index, () => {
    const columns = index.prepare('PRAGMA table_info(entries)').all()
    const lacks = (column: string): boolean => columns.every(({ name }) => name !== column)
    if (lacks('is_file')) {
      index.exec(`ALTER TABLE entries ADD COLUMN is_file INTEGER NOT NULL DEFAULT 0;
        UPDATE entries SET is_file = 1 WHERE paths <> '[]'`)
    }
    if (lacks('shows')) index.exec('ALTER TABLE entries ADD COLUMN shows INTEGER NOT NULL DEFAULT 0')
  })
}

async function freeBytes(path: string): Promise<number> {
  const { bavail, bsize } = await statfs(path)
  return bavail * bsize
}
