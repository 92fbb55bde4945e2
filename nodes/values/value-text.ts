/** The facts of a value that people read, in this order; what they mean is in core's `values.ts`. */
const FACTS: [name: string, text: (value: number) => string][] = [
  ['frameRate', (rate) => `${tidy(rate)} fps`],
  ['latentRate', (rate) => `${tidy(rate)} latent frames a second`],
  ['frameCount', (count) => `${count} frames`],
  ['durationSeconds', (seconds) => `${tidy(seconds)} s`],
  ['sampleRate', (rate) => `${rate} Hz`],
  ['tempoBpm', (tempo) => `${tidy(tempo)} BPM`],
  ['rate', (rate) => `${tidy(rate)} values a second`],
]

/** A value of any port type in words: texts and numbers as they are, others by their size, rate and length. */
export function textOfValue(value: unknown): string {
  if (typeof value === 'string') return value
  if (typeof value === 'number') return String(value)
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (Array.isArray(value)) return `a list of ${value.length}`
  if (typeof value !== 'object' || value === null) return 'nothing'
  const record = value as Record<string, unknown>
  const parts: string[] = []
  if (typeof record.family === 'string') parts.push(record.family)
  const name = (record.file as { name?: unknown } | undefined)?.name
  if (typeof name === 'string') parts.push(name)
  if (typeof record.width === 'number') parts.push(`${record.width} × ${record.height}`)
  for (const [fact, text] of FACTS) if (typeof record[fact] === 'number') parts.push(text(record[fact]))
  for (const list of ['beats', 'shots', 'values']) {
    const items = record[list]
    if (Array.isArray(items) || ArrayBuffer.isView(items)) parts.push(`${(items as unknown[]).length} ${list}`)
  }
  return parts.length > 0 ? parts.join(', ') : `a record of ${Object.keys(record).join(', ')}`
}

const tidy = (value: number): string => String(Number(value.toFixed(3)))
