import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { DataFolder } from '../folder/data-folder.ts'
import { mimeOf } from './mime.ts'

export interface ListedAsset {
  reference: string
  name: string
  kind: 'image' | 'audio' | 'video'
  mime: string
  sizeBytes: number
  /** ISO 8601. */
  createdAt: string
  /** Brought in by a person, or made by a run. */
  origin: 'uploaded' | 'made'
}

export interface AssetQuery {
  text?: string
  kind?: ListedAsset['kind']
  origin?: ListedAsset['origin']
  limit: number
  /** Reference of the last one of the page before. */
  before?: string
}

export interface AssetPage {
  assets: ListedAsset[]
  total: number
  next: string | null
}

const PLACES = { assets: 'uploaded', artifacts: 'made' } as const
/** Facts of files are read this many at a time. */
const AT_ONCE = 64

/** Every picture, sound and video that was brought in or made, newest first. */
export async function listAssets(folder: DataFolder, query: AssetQuery): Promise<AssetPage> {
  const names = [...(await namesIn(folder, 'assets', query)), ...(await namesIn(folder, 'artifacts', query))]
  const found: ListedAsset[] = []
  for (let at = 0; at < names.length; at += AT_ONCE) {
    const part = await Promise.all(names.slice(at, at + AT_ONCE).map((name) => assetAt(folder, name)))
    found.push(...part.filter((asset) => asset !== null))
  }
  found.sort((a, b) =>
    a.createdAt === b.createdAt ? (a.reference < b.reference ? -1 : 1) : a.createdAt < b.createdAt ? 1 : -1,
  )
  const start = query.before === undefined ? 0 : found.findIndex((asset) => asset.reference === query.before) + 1
  const assets = found.slice(start, start + query.limit)
  const more = start + assets.length < found.length
  return { assets, total: found.length, next: more ? (assets.at(-1)?.reference ?? null) : null }
}

interface StoredName {
  place: keyof typeof PLACES
  sha256: string
  name: string
}

/** What the name alone can say is sorted out before any file is looked at. */
async function namesIn(folder: DataFolder, place: StoredName['place'], query: AssetQuery): Promise<StoredName[]> {
  if (query.origin !== undefined && query.origin !== PLACES[place]) return []
  const words = (query.text ?? '').toLowerCase().split(/\s+/).filter(Boolean)
  const files = await readdir(folder[place], { recursive: true })
  return files.flatMap((path) => {
    const [sha256 = '', name] = path.split(/[/\\]/)
    const kind = name === undefined ? null : kindOf(name)
    if (name === undefined || kind === null || (query.kind !== undefined && query.kind !== kind)) return []
    if (place === 'artifacts' && SHOWN_ON_NODES.test(name)) return []
    const low = name.toLowerCase()
    return words.every((word) => low.includes(word)) ? [{ place, sha256, name }] : []
  })
}

/** What nodes show of a picture on the canvas; the picture itself is listed. */
const SHOWN_ON_NODES = / thumbnail\.jpg$/

function kindOf(name: string): ListedAsset['kind'] | null {
  const [kind] = mimeOf(name).split('/')
  return kind === 'image' || kind === 'audio' || kind === 'video' ? kind : null
}

/** Null for a file that went away in between. */
async function assetAt(folder: DataFolder, { place, sha256, name }: StoredName): Promise<ListedAsset | null> {
  const facts = await stat(join(folder[place], sha256, name)).catch(() => null)
  const kind = kindOf(name)
  if (!facts?.isFile() || !kind) return null
  return {
    reference: `${place}/${sha256}/${name}`,
    name,
    kind,
    mime: mimeOf(name),
    sizeBytes: facts.size,
    createdAt: facts.mtime.toISOString(),
    origin: PLACES[place],
  }
}
