import type { Estimate } from '@beatloom/core'
import { type Limits, REST_BYTES } from './limits.ts'

/** What people are told before they press Run. */
export interface Quote {
  /** Shortest and longest. */
  seconds: [low: number, high: number]
  memoryBytes: number
  diskBytes: number
  /** Nodes that would run, and nodes whose results are there already. */
  run: number
  cached: number
  /** Of each loop over shots: how many there are, and the numbers, from 1, of those that would be made. */
  shots?: { count: number; missing: number[] }[]
  refusal?: Refusal
}

/** Why a run cannot be done here, and the setting nearest to the one asked for that could. */
export interface Refusal {
  code: 'not_enough_memory' | 'not_enough_disk' | 'input_invalid'
  message: string
  /** The node that cannot run, or the one whose param should change. */
  node?: string
  param?: string
  nearest?: unknown
}

/** Not even a node that only looks at its cache ends sooner, seconds. */
const LEAST_SECONDS = 0.05

export function quoteOf(estimate: Estimate, limits: Limits): Quote {
  const { seconds, run, cached } = estimate
  const quote: Quote = {
    seconds: [rounded(seconds[0] + LEAST_SECONDS), rounded(seconds[1] + LEAST_SECONDS)],
    memoryBytes: Math.round(run === 0 ? REST_BYTES : REST_BYTES + estimate.memoryBytes),
    diskBytes: Math.round(estimate.diskBytes),
    run,
    cached,
  }
  const refusal = refusalOf(quote, estimate, limits)
  return refusal ? { ...quote, refusal } : quote
}

function refusalOf(quote: Quote, { refusal }: Estimate, limits: Limits): Refusal | null {
  if (refusal) return { code: 'input_invalid', ...refusal }
  if (quote.memoryBytes > limits.memoryBytes) {
    return {
      code: 'not_enough_memory',
      message: `This run needs about ${inWords(quote.memoryBytes)} of memory and this machine has ${inWords(limits.memoryBytes)}.`,
    }
  }
  if (quote.diskBytes > limits.diskBytes) {
    return {
      code: 'not_enough_disk',
      message: `This run needs about ${inWords(quote.diskBytes)} on the disk and ${inWords(limits.diskBytes)} are free.`,
    }
  }
  return null
}

/** A quote for the terminal: one line, and the refusal where there is one. */
export function quoteInWords(quote: Quote): string {
  const { memoryBytes, diskBytes, run, cached, shots = [], refusal } = quote
  const [low, high] = quote.seconds
  const work = `${run} to run, ${cached} cached`
  const needs = `${low} to ${high} s, ${inWords(memoryBytes)} of memory, ${inWords(diskBytes)} on the disk`
  const line = run === 0 ? `Quote: ${work}.` : `Quote: ${work}; ${needs}.`
  const lines = [line, ...shots.map(shotsInWords)]
  if (refusal) lines.push(`error: ${refusal.message} [${refusal.code}]`)
  return lines.join('\n')
}

/** More than these are counted, not listed. */
const MOST_LISTED = 24

function shotsInWords({ count, missing }: { count: number; missing: number[] }): string {
  if (missing.length === 0) return `Shots: all ${count} are there.`
  if (missing.length === count || missing.length > MOST_LISTED) return `Shots: ${missing.length} of ${count} to make.`
  return `Shots: ${missing.length} of ${count} to make: ${missing.join(', ')}.`
}

export const rounded = (seconds: number): number => Number(seconds.toPrecision(3))

/** Decimal megabytes up to a gigabyte. */
const inWords = (bytes: number): string =>
  bytes < 1e9 ? `${Math.ceil(bytes / 1e6)} MB` : `${(bytes / 1e9).toFixed(1)} GB`
