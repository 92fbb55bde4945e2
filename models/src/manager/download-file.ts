import { createHash } from 'node:crypto'
import { mkdir, open, rm, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { AppError, reasonOf } from '@beatloom/core'
import { feedFile, stopIfCancelled } from './add-progress.ts'
import { type HubAccess, hubFetch, PassingFailure } from './hub-fetch.ts'
import type { HubFile } from './hub-listing.ts'
import { pause } from './pause.ts'

export interface DownloadPatience {
  /** Pause before the second try; each further one is twice as long. */
  pauseMs: number
  /** A transfer that brings nothing for so long is begun anew. */
  stallMs: number
}

const TRIES = 6
/** A try that brought this much was worth it: counting begins anew. */
const PROGRESS_BYTES = 8 * 2 ** 20

/**
 * Fetches one file, going on where an earlier try or process broke off, until size and hash are those of the list.
 * @param tell told how many bytes of the file are there.
 * @returns its SHA-256.
 * @throws {AppError} `hub_unreachable` when it breaks again and again, `hub_changed` when it is not the file listed;
 * what has arrived stays for the next time, unless it is wrong.
 */
export async function downloadFile(
  access: HubAccess & { commit: string },
  file: HubFile,
  target: string,
  patience: DownloadPatience,
  tell: (bytes: number) => void,
): Promise<string> {
  await mkdir(dirname(target), { recursive: true })
  let failures = 0
  let wrong = 0
  for (;;) {
    const before = await sizeOf(target)
    try {
      const found = await tryOnce(access, file, target, patience.stallMs, tell)
      if (found.right) return found.sha256
      // Damaged on the way, or pieces of two versions: whole once more from the first byte.
      await rm(target, { force: true })
      wrong++
      if (wrong === 2) throw changed(access, file)
    } catch (error) {
      if (access.signal.aborted) stopIfCancelled(access.signal)
      if (!(error instanceof PassingFailure)) throw error
      if ((await sizeOf(target)) - before >= PROGRESS_BYTES) failures = 0
      failures++
      if (failures >= TRIES) throw brokenAgain(access, file, error.message)
      await pause(Math.max(error.pauseMs, patience.pauseMs * 2 ** (failures - 1)), access.signal)
    }
  }
}

async function tryOnce(
  access: HubAccess & { commit: string },
  file: HubFile,
  target: string,
  stallMs: number,
  tell: (bytes: number) => void,
): Promise<{ right: boolean; sha256: string }> {
  let have = await sizeOf(target)
  if (have > file.sizeBytes) {
    await rm(target)
    have = 0
  }
  const sha256 = createHash('sha256')
  const git = file.sha256 === null ? createHash('sha1').update(`blob ${file.sizeBytes}\0`) : null
  const hashes = git ? [sha256, git] : [sha256]
  if (have > 0) await feedFile(target, hashes, access.signal)
  tell(have)
  if (have < file.sizeBytes) {
    const output = await open(target, 'a')
    try {
      for await (const chunk of bytesFrom(access, file, have, stallMs)) {
        have += chunk.length
        if (have > file.sizeBytes) throw changed(access, file)
        for (const hash of hashes) hash.update(chunk)
        await output.appendFile(chunk)
        tell(have)
      }
    } finally {
      await output.close()
    }
    if (have < file.sizeBytes) throw new PassingFailure('the connection ended early')
  } else if (file.sizeBytes === 0) await (await open(target, 'a')).close()
  const digest = sha256.digest('hex')
  const right = git ? file.gitSha1 === null || git.digest('hex') === file.gitSha1 : digest === file.sha256
  return { right, sha256: digest }
}

/** The file's bytes from a place on; a hub that cannot begin there gives the whole, whose beginning is skipped. */
async function* bytesFrom(
  access: HubAccess & { commit: string },
  file: HubFile,
  start: number,
  stallMs: number,
): AsyncGenerator<Uint8Array> {
  const hub = await import('@huggingface/hub')
  const stopped = new AbortController()
  const signal = AbortSignal.any([access.signal, stopped.signal])
  let skip = 0
  let failure: unknown = null
  const ask = hubFetch({ ...access, signal }, file.path, (answer) => {
    const whole = Number(answer.headers.get('content-range')?.split('/').pop() ?? answer.headers.get('content-length'))
    // What was packed for the way has another length than the file.
    const packed = (answer.headers.get('content-encoding') ?? 'identity') !== 'identity'
    if (!packed && whole > 0 && whole !== file.sizeBytes) throw changed(access, file)
    if (start > 0 && answer.status !== 206) skip = start
  })
  const watched: typeof fetch = async (input, init) => {
    try {
      return await ask(input, init)
    } catch (error) {
      // The client passes on no more than the message.
      failure = error
      throw error
    }
  }
  const path = file.path.split('/').map(encodeURIComponent).join('/')
  const blob = await hub.downloadFile({
    repo: access.repo,
    path: file.path,
    revision: access.commit,
    hubUrl: access.hubUrl,
    fetch: watched,
    // Plain ranges can be gone on with and work with every mirror.
    xet: false,
    downloadInfo: {
      size: file.sizeBytes,
      etag: file.sha256 ?? file.gitSha1 ?? '',
      url: `${access.hubUrl}/${access.repo}/resolve/${access.commit}/${path}`,
    },
  })
  if (!blob) throw changed(access, file)
  const reader = blob.slice(start, file.sizeBytes).stream().getReader()
  // An answer that never comes would leave the client's stream waiting.
  const give = (): void => void reader.cancel().catch(() => {})
  signal.addEventListener('abort', give, { once: true })
  try {
    for (;;) {
      const timer = setTimeout(() => stopped.abort(), stallMs)
      const { done, value } = await reader.read().finally(() => clearTimeout(timer))
      if (signal.aborted) throw new PassingFailure('nothing came any more')
      if (done) return
      const passed = Math.min(skip, value.length)
      skip -= passed
      if (passed < value.length) yield value.subarray(passed)
    }
  } catch (error) {
    throw failure ?? (error instanceof PassingFailure ? error : new PassingFailure(reasonOf(error)))
  } finally {
    stopped.abort()
  }
}

function changed(access: HubAccess, { path }: HubFile): AppError {
  return new AppError(
    'hub_changed',
    `The file ${path} of "${access.repo}" is not the one that the hub lists: it changed under way or was damaged. Add the model again.`,
    { details: { repo: access.repo, file: path } },
  )
}

function brokenAgain(access: HubAccess, { path }: HubFile, reason: string): AppError {
  return new AppError(
    'hub_unreachable',
    `Fetching ${path} of "${access.repo}" failed ${TRIES} times, at last with: ${reason}. What has arrived is kept; add the model again to go on.`,
    { details: { repo: access.repo, file: path } },
  )
}

const sizeOf = (path: string): Promise<number> =>
  stat(path).then(
    (facts) => facts.size,
    () => 0,
  )
