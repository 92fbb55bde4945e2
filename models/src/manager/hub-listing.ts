import { AppError, reasonOf } from '@beatloom/core'
import { type HubAccess, hubFetch, PassingFailure } from './hub-fetch.ts'
import { pause } from './pause.ts'
import type { ListedFile } from './pick-files.ts'

export interface HubFile extends ListedFile {
  /** Of files in large storage. */
  sha256: string | null
  /** Git's own hash of small ones: SHA-1 over a head and the content. */
  gitSha1: string | null
}

export interface HubListing {
  /** Commit that the revision stood for; everything is fetched from it, so a push under way mixes nothing. */
  commit: string
  licence: string | null
  files: HubFile[]
}

/** One more try: a machine without a network should say so soon. */
const TRIES = 2

/**
 * What a repository holds.
 * @throws {AppError} `hub_unreachable`, `hub_refused`, `not_found`
 */
export async function listHub(access: HubAccess, pauseMs: number): Promise<HubListing> {
  for (let tried = 1; ; tried++) {
    try {
      return await askOnce(access)
    } catch (error) {
      if (error instanceof AppError) throw error
      if (!(error instanceof PassingFailure)) {
        const message = `${access.hubUrl} does not answer as a hub does: ${reasonOf(error)}. Check the address in HF_ENDPOINT.`
        throw new AppError('hub_unreachable', message, { details: { hub: access.hubUrl }, cause: error })
      }
      access.signal.throwIfAborted()
      if (tried === TRIES) {
        throw new AppError(
          'hub_unreachable',
          `The hub ${access.hubUrl} does not answer: ${error.message}. Check the network, name a mirror with HF_ENDPOINT, or add a folder of this machine.`,
          { details: { hub: access.hubUrl } },
        )
      }
      await pause(Math.max(pauseMs, error.pauseMs), access.signal)
    }
  }
}

async function askOnce(access: HubAccess): Promise<HubListing> {
  const { listFiles, modelInfo } = await import('@huggingface/hub')
  const { repo, revision, hubUrl } = access
  const ask = hubFetch(access, null)
  const facts = await modelInfo({ name: repo, revision, hubUrl, fetch: ask, additionalFields: ['sha', 'cardData'] })
  // Some mirrors know no commits.
  const commit = (facts.sha as string | undefined) ?? revision
  const files: HubFile[] = []
  for await (const entry of listFiles({ repo, revision: commit, hubUrl, fetch: ask, recursive: true })) {
    if (entry.type !== 'file') continue
    files.push({
      path: entry.path,
      sizeBytes: entry.lfs?.size ?? entry.size,
      sha256: entry.lfs?.oid ?? null,
      gitSha1: entry.lfs ? null : (entry.oid ?? null),
    })
  }
  // A path is used as a name on this disk.
  const odd = files.find(({ path }) => path.startsWith('/') || /(^|[/\\])\.\.([/\\]|$)|[\0\\:]/.test(path))
  if (odd) throw new AppError('model_invalid', `"${repo}" holds a file with the name "${odd.path}", which is refused.`)
  const licence = (facts.cardData as { license?: unknown } | undefined)?.license
  return { commit, licence: typeof licence === 'string' ? licence : null, files }
}
