import type { Phase, RunEventBody } from '@beatloom/core'
import { cutTo, speak } from './language.ts'

const PHASE_TITLES: Record<Phase, string> = {
  audio: 'Processing audio features',
  generate: 'Generating frames',
  encode: 'Encoding video',
}
const BAR_CELLS = 24
const LINE_INTERVAL_MS = 2_000

export interface ProgressPrinter {
  show(event: RunEventBody): void
  /** Clears the bar. */
  end(): void
}

interface Progress {
  nodes: number
  settled: Set<string>
  /** Fraction done of nodes under way. */
  partial: Map<string, number>
  label: string
  startedAt: number
}

/** A bar that repaints on a terminal; elsewhere a line for each phase and at most one every two seconds. */
export function createProgressPrinter(stream: NodeJS.WriteStream): ProgressPrinter {
  const progress: Progress = { nodes: 1, settled: new Set(), partial: new Map(), label: '', startedAt: Date.now() }
  let painted = ''
  let printed = ''
  let lineAt = 0
  const phases = new Set<string>()
  const paint = (): void => {
    const text = cutTo(barOf(progress), (stream.columns ?? 100) - 1)
    if (text === painted) return
    painted = text
    stream.write(`\r\x1b[K${text}`)
  }
  const line = (text: string): void => {
    stream.write(stream.isTTY ? `\r\x1b[K${speak(text)}\n` : `[${elapsed(progress)}] ${speak(text)}\n`)
    painted = ''
  }
  const isNews = (label: string): boolean => {
    const phase = label.split(':')[0] as string
    const due = Date.now() - lineAt >= LINE_INTERVAL_MS && label !== printed
    if (label === '' || (phases.has(phase) && !due)) return false
    phases.add(phase)
    printed = label
    lineAt = Date.now()
    return true
  }
  return {
    show(event) {
      follow(progress, event)
      for (const text of remarksIn(event)) line(text)
      if (stream.isTTY) paint()
      else if (isNews(progress.label)) line(progress.label)
    },
    end() {
      if (stream.isTTY) stream.write('\r\x1b[K')
    },
  }
}

function follow(progress: Progress, event: RunEventBody): void {
  switch (event.type) {
    case 'run.started':
      progress.nodes = Math.max(1, event.nodes.filter((node) => node.action !== 'unneeded').length)
      return
    case 'node.started':
      if (event.phase) progress.label = PHASE_TITLES[event.phase]
      return
    case 'node.progress':
      progress.partial.set(event.node, event.step / Math.max(1, event.steps))
      if (event.phase) progress.label = `${PHASE_TITLES[event.phase]}: step ${event.step} of ${event.steps}`
      return
    case 'node.expanded':
      progress.nodes += event.nodes.length
      return
    case 'node.finished':
    case 'node.cached':
    case 'node.skipped':
    case 'node.failed':
      progress.settled.add(event.node)
      progress.partial.delete(event.node)
  }
}

/** What the person should read even when the bar moves on. */
function remarksIn(event: RunEventBody): string[] {
  if (event.type === 'run.warning') return [`warning: ${event.message}`]
  if (event.type === 'run.resumed') return [`The worker ended; starting again (attempt ${event.attempt}).`]
  if (event.type !== 'node.display') return []
  return event.items.flatMap((item) => (item.kind === 'note' ? [`note: ${item.text}`] : []))
}

function fractionOf(progress: Progress): number {
  const partial = [...progress.partial.values()].reduce((sum, value) => sum + value, 0)
  return Math.min(1, (progress.settled.size + partial) / progress.nodes)
}

function barOf(progress: Progress): string {
  const fraction = fractionOf(progress)
  const full = Math.round(fraction * BAR_CELLS)
  const percent = `${Math.round(fraction * 100)}%`.padStart(4)
  return `${'█'.repeat(full)}${'░'.repeat(BAR_CELLS - full)}${percent}  ${elapsed(progress)}  ${speak(progress.label)}`
}

function elapsed(progress: Progress): string {
  const seconds = Math.floor((Date.now() - progress.startedAt) / 1000)
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}
