import { statSync } from 'node:fs'
import { basename } from 'node:path'
import { parseArgs } from 'node:util'
import { AppError, type Embedded, isCancellation, type SyncCertificate } from '@beatloom/core'
import { defaultDataRoot } from '../folder/data-folder.ts'
import { isAnother, type RemadeShot } from '../verify/remade-shot.ts'
import { certificateLines } from './certificate-lines.ts'
import { EXIT, UsageError } from './command-error.ts'
import { USAGE } from './help-words.ts'
import { LANGUAGE, speak } from './language.ts'
import { userPath } from './read-workflow.ts'
import { printLine } from './run-command.ts'

/** A video that nothing can be said about is no failure, and no agreement either. */
const STATUS: Record<SyncCertificate['verdict'], number> = { green: EXIT.done, red: EXIT.failed, unknown: 3 }

/** What a file of ours says about itself, as far as it holds. Other checks of such files belong here too. */
export interface OwnFile {
  /** The certificate it carries: of this very picture and sound, of others, or none. */
  certificate: 'same' | 'other' | 'none'
  /** One of its shots made anew and compared; absent where that was not wanted. */
  remade?: RemadeShot
}

/** `verify`: decodes a video and measures whether picture and sound agree. */
export async function verifyCommand(args: string[]): Promise<number> {
  const { file, json, quick } = parse(args)
  if (file === undefined) {
    process.stdout.write(USAGE[LANGUAGE])
    return EXIT.done
  }
  const path = userPath(file)
  if (!statSync(path, { throwIfNoEntry: false })?.isFile()) throw new UsageError([`There is no file "${file}".`])
  const { certificate, own } = await interruptible((signal) =>
    verifyFile(path, signal, { quick, onProgress: progressOn(json) }),
  )
  if (json) printLine({ type: 'certificate', file: path, own, certificate })
  else for (const line of certificateLines(basename(path), certificate, own)) process.stdout.write(`${speak(line)}\n`)
  return own?.remade && isAnother(own.remade) ? EXIT.failed : STATUS[certificate.verdict]
}

function parse(args: string[]): { file: string | undefined; json: boolean; quick: boolean } {
  const flag = { type: 'boolean' } as const
  const options = { json: flag, quick: flag, help: { ...flag, short: 'h' } }
  const parsed = (() => {
    try {
      return parseArgs({ args, options, allowPositionals: true })
    } catch (error) {
      throw new UsageError([(error as Error).message])
    }
  })()
  const [file, ...more] = parsed.positionals
  if (parsed.values.help) return { file: undefined, json: false, quick: false }
  if (file === undefined) throw new UsageError(['Name a video file.'])
  if (more.length > 0) throw new UsageError([`Not understood: ${more.join(' ')}.`])
  return { file, json: parsed.values.json ?? false, quick: parsed.values.quick ?? false }
}

/**
 * A file of ours is measured against the plan that its certificate carries, and by the stricter rule.
 * @returns `own` null for the videos of others.
 */
async function verifyFile(
  path: string,
  signal: AbortSignal,
  { quick, onProgress }: { quick: boolean; onProgress: (frame: number, frameCount: number) => void },
): Promise<{ certificate: SyncCertificate; own: OwnFile | null }> {
  const [{ certify }, { readEmbedded }] = await Promise.all([import('@beatloom/nodes'), import('@beatloom/media')])
  const embedded = await embeddedIn(path, readEmbedded)
  const planned = embedded?.certificate?.planned ?? undefined
  const certificate = await certify({ path, planned, isOurs: embedded !== null, onProgress }, signal)
  const own = embedded && ownFile(embedded, certificate)
  if (own && embedded && !quick) own.remade = await remade(path, embedded, signal)
  return { certificate, own }
}

/** Loaded when it is needed: it brings the whole engine along. */
async function remade(path: string, embedded: Embedded, signal: AbortSignal): Promise<RemadeShot> {
  const [{ remakeShot }, { loadRegistry }] = await Promise.all([
    import('../verify/remake-shot.ts'),
    import('../registry.ts'),
  ])
  const registry = await loadRegistry()
  try {
    const asked = { path, embedded, dataRoot: defaultDataRoot(), registry, chance: Math.random() }
    return await remakeShot(asked, signal)
  } catch (error) {
    // What was measured of the file holds all the same.
    if (isCancellation(error) || !(error instanceof AppError)) throw error
    return { outcome: 'none', reason: 'failed', message: error.message }
  }
}

function ownFile(embedded: Embedded, { mediaSha256 }: SyncCertificate): OwnFile {
  if (!embedded.certificate) return { certificate: 'none' }
  return { certificate: embedded.certificate.mediaSha256 === mediaSha256 ? 'same' : 'other' }
}

/** A file without an index carries nothing; that it is no video is said when it is measured. */
async function embeddedIn(path: string, read: (path: string) => Promise<Embedded | null>): Promise<Embedded | null> {
  try {
    return await read(path)
  } catch (error) {
    if (error instanceof AppError && error.code === 'media_unreadable') return null
    throw error
  }
}

/** A line that counts, where a person watches. */
function progressOn(json: boolean): (frame: number, frameCount: number) => void {
  if (json || !process.stderr.isTTY) return () => undefined
  return (frame, frameCount) => {
    const isDone = frame === frameCount
    const share = Math.floor((100 * frame) / frameCount)
    process.stderr.write(`\r\x1b[K${isDone ? '' : speak(`Measuring: ${share} %`)}`)
  }
}

/** Runs until done or Ctrl+C. */
async function interruptible<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const stop = new AbortController()
  const interrupt = (): void => stop.abort()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, interrupt)
  try {
    return await work(stop.signal)
  } finally {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, interrupt)
  }
}
