import { type ChildProcess, spawn } from 'node:child_process'
import type { Readable, Writable } from 'node:stream'
import { AppError, CancelledError, type ErrorCode } from '@beatloom/core'
import { findFfmpeg } from './find-ffmpeg.ts'

export interface FfmpegOptions {
  signal: AbortSignal
  /** `read`: a failure means the input is unreadable. `write`: the result could not be made. */
  purpose: 'read' | 'write'
  /** Opens a pipe to ffmpeg's standard input (`pipe:0`). */
  stdin?: boolean
  /** Opens a pipe from its standard output (`pipe:1`). */
  stdout?: boolean
}

/** A running ffmpeg. It ends with the signal, with `stop`, and with this process. */
export interface FfmpegProcess {
  pid: number | undefined
  stdin: Writable
  stdout: Readable
  /** Kills it at once and waits until it is gone. */
  stop(): Promise<void>
  /**
   * Waits for the end; resolves with what it wrote to stderr (the last 64 KiB).
   * @throws {AppError} `run_cancelled`, `disk_full`, `media_unreadable` or `media_write_failed`, with its last words.
   */
  finished(): Promise<string>
  /** What it wrote to stderr so far, the last 64 KiB. */
  output(): string
}

interface Exit {
  code: number | null
  signal: NodeJS.Signals | null
  error: Error | null
}

const STDERR_KEPT = 64 * 1024
const running = new Set<ChildProcess>()
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL')
})

/** Starts ffmpeg with quiet defaults; the caller reads, writes and awaits `finished`. */
export async function startFfmpeg(args: readonly string[], options: FfmpegOptions): Promise<FfmpegProcess> {
  const { signal, purpose } = options
  if (signal.aborted) throw new CancelledError()
  const { path } = await findFfmpeg()
  if (signal.aborted) throw new CancelledError()
  const child = spawn(path, ['-hide_banner', ...(options.stdin ? [] : ['-nostdin']), ...args], {
    stdio: [options.stdin ? 'pipe' : 'ignore', options.stdout ? 'pipe' : 'ignore', 'pipe'],
    windowsHide: true,
  })
  running.add(child)
  let stderr = ''
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderr = (stderr + text).slice(-STDERR_KEPT)
  })
  // A broken pipe is the echo of ffmpeg's end, and `finished` tells why it ended.
  child.stdin?.on('error', () => undefined)
  const kill = () => child.kill('SIGKILL')
  signal.addEventListener('abort', kill, { once: true })
  let spawnError: Error | null = null
  const exited = new Promise<Exit>((resolve) => {
    const settle = (exit: Exit) => {
      running.delete(child)
      signal.removeEventListener('abort', kill)
      resolve(exit)
    }
    child.on('error', (error) => {
      spawnError = error
      if (child.pid === undefined) settle({ code: null, signal: null, error })
    })
    child.on('close', (code, killedBy) => settle({ code, signal: killedBy, error: spawnError }))
  })
  return {
    pid: child.pid,
    stdin: child.stdin as Writable,
    stdout: child.stdout as Readable,
    async stop() {
      kill()
      // Nobody reads any more; an unread pipe would hold back the close event.
      child.stdout?.resume()
      await exited
    },
    output: () => stderr,
    async finished() {
      const exit = await exited
      if (signal.aborted) throw new CancelledError()
      if (exit.code === 0) return stderr
      throw failure(exit, stderr, purpose)
    },
  }
}

/** Runs ffmpeg to its end. @returns what it wrote to stderr. @throws as `FfmpegProcess.finished`. */
export async function runFfmpeg(args: readonly string[], options: FfmpegOptions): Promise<string> {
  const ffmpeg = await startFfmpeg(args, options)
  return ffmpeg.finished()
}

function failure(exit: Exit, stderr: string, purpose: FfmpegOptions['purpose']): AppError {
  const lines = stderr.split(/[\r\n]+/).filter((line) => line.trim() !== '')
  const details = { exitCode: exit.code, signal: exit.signal, stderr: lines.slice(-8) }
  if (/No space left on device|ENOSPC/.test(stderr)) return diskFull(details)
  const code: ErrorCode = purpose === 'read' ? 'media_unreadable' : 'media_write_failed'
  if (exit.error) return new AppError(code, `ffmpeg could not be started: ${exit.error.message}`, { details })
  const work = purpose === 'read' ? 'reading' : 'encoding'
  if (exit.signal !== null) {
    return new AppError(
      code,
      `ffmpeg was stopped from outside (${exit.signal}) while ${work}, perhaps for want of memory; nothing was kept, so run it again.`,
      { details },
    )
  }
  const reason = lines.at(-1) ?? `exit code ${exit.code}`
  return new AppError(code, `ffmpeg failed while ${work}: ${reason}`, { details })
}

export function diskFull(details?: Record<string, unknown>): AppError {
  return new AppError(
    'disk_full',
    'The disk is full: the file could not be written. Free some space and run again.',
    details ? { details } : undefined,
  )
}
