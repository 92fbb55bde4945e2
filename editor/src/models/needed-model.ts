/** What a file says of a model it needs. Everything in it was written by others: lengths and links are not to be trusted. */
export interface NeededModel {
  name: string
  title?: string
  sizeBytes?: number
  /** What has to be in memory at one time, where that is not all of it. */
  memoryBytes?: number
  licence?: string
  source?: string
  family?: string
}

/** Reads an entry of `needs.models`; what is not of the right kind is left out. */
export function readNeed(name: string, entry: unknown): NeededModel {
  const facts = typeof entry === 'object' && entry !== null ? (entry as Record<string, unknown>) : {}
  const need: NeededModel = { name }
  for (const key of ['title', 'licence', 'source', 'family'] as const) {
    const text = facts[key]
    if (typeof text === 'string' && text.trim() !== '') need[key] = text.trim()
  }
  for (const key of ['sizeBytes', 'memoryBytes'] as const) {
    const size = facts[key]
    if (typeof size === 'number' && Number.isFinite(size) && size > 0) need[key] = size
  }
  return need
}

export interface Room {
  memoryBytes: number
  diskFreeBytes: number
}

/** The engine leaves this much of a disk free for everything else. */
const SPARE_DISK_BYTES = 64 * 2 ** 20

/** What this machine has too little of for a model, as far as the file says what it takes. */
export function lacksFor(need: NeededModel, room: Room): { kind: 'memory' | 'disk'; needed: number; there: number }[] {
  const memory = need.memoryBytes ?? need.sizeBytes ?? 0
  const disk = need.sizeBytes ?? 0
  const lacks: ReturnType<typeof lacksFor> = []
  if (memory > room.memoryBytes) lacks.push({ kind: 'memory', needed: memory, there: room.memoryBytes })
  if (disk > 0 && disk + SPARE_DISK_BYTES > room.diskFreeBytes) {
    lacks.push({ kind: 'disk', needed: disk, there: room.diskFreeBytes })
  }
  return lacks
}
