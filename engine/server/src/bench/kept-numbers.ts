import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import { fileURLToPath } from 'node:url'
import type { Measure } from './measure.ts'

const PATH = fileURLToPath(new URL('../../bench-kept.json', import.meta.url))

/** A number of an earlier day, with all it takes to measure it again. */
export interface KeptMeasure extends Measure {
  /** ISO 8601 day. */
  date: string
  machine: string
  command: string
}

export function readKept(): Record<string, KeptMeasure> {
  return existsSync(PATH) ? (JSON.parse(readFileSync(PATH, 'utf8')) as Record<string, KeptMeasure>) : {}
}

/** This machine, as numbers measured on it are kept with. */
export function machineInWords(): string {
  const cores = cpus()
  return `${cores.length} × ${cores[0]?.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}`
}

/** @param machine where they were measured, when that was elsewhere. */
export function keep(measures: readonly Measure[], command: string, machine = machineInWords()): void {
  const kept = readKept()
  const date = new Date().toISOString().slice(0, 10)
  for (const measure of measures)
    kept[measure.name] = { ...measure, value: Number(measure.value.toFixed(2)), date, machine, command }
  const sorted = Object.fromEntries(Object.entries(kept).sort(([a], [b]) => (a < b ? -1 : 1)))
  writeFileSync(PATH, `${JSON.stringify(sorted, null, 2)}\n`)
}
