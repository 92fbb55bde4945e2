import { AppError, reasonOf } from '@beatloom/core'

export interface HubAccess {
  /** Address without a slash at its end. */
  hubUrl: string
  repo: string
  revision: string
  token: string | undefined
  /** The platform's, or one that tests give. */
  fetch: typeof fetch
  signal: AbortSignal
}

/** A failure that may pass: the same is tried again after a pause. */
export class PassingFailure extends Error {
  readonly pauseMs: number
  constructor(message: string, pauseMs = 0) {
    super(message)
    this.name = 'PassingFailure'
    this.pauseMs = pauseMs
  }
}

/** A hub that asks for more patience than this is given up sooner. */
const MAX_ASKED_PAUSE_MS = 60_000

/**
 * A `fetch` for the hub's client: gives the token to the hub and to nobody else, and turns every refusal into a
 * sentence. `fetch` drops the header itself where the hub sends on to another address.
 * @param path file asked for; null for lists.
 */
export function hubFetch(access: HubAccess, path: string | null, watch?: (answer: Response) => void): typeof fetch {
  const origin = new URL(access.hubUrl).origin
  return async (input, init) => {
    const address = new URL(input instanceof Request ? input.url : input)
    const headers = new Headers(init?.headers)
    headers.set('accept-encoding', 'identity')
    if (access.token && address.origin === origin) headers.set('authorization', `Bearer ${access.token}`)
    let answer: Response
    try {
      answer = await access.fetch(address, { ...init, headers, signal: init?.signal ?? access.signal })
    } catch (error) {
      throw new PassingFailure(deepReason(error))
    }
    if (!answer.ok) {
      await answer.body?.cancel()
      throw refusalOf(access, path, answer)
    }
    watch?.(answer)
    return answer
  }
}

function refusalOf(access: HubAccess, path: string | null, answer: Response): Error {
  const { repo, revision, hubUrl } = access
  const details = { repo, status: answer.status, ...(path === null ? {} : { file: path }) }
  const word = answer.headers.get('x-error-code')
  if (answer.status === 401 && !access.token) {
    return new AppError(
      'hub_refused',
      `The hub does not show "${repo}" without a token: check the name; if it is private or gated, give --token or set HF_TOKEN.`,
      { details },
    )
  }
  if (answer.status === 401) {
    const message = 'The hub does not know the token; make another in the settings of your account there.'
    return new AppError('hub_refused', message, { details })
  }
  if (answer.status === 403) {
    return new AppError(
      'hub_refused',
      `The hub does not give "${repo}" to this account: open ${hubUrl}/${repo}, accept its terms, and give a token of that account with --token.`,
      { details },
    )
  }
  if (answer.status === 404) {
    const message =
      path !== null
        ? `"${repo}" no longer has the file ${path} on the hub; add the model again.`
        : word === 'RevisionNotFound'
          ? `"${repo}" has no revision "${revision}" on the hub.`
          : `There is no model "${repo}" on ${hubUrl}.`
    return new AppError('not_found', message, { details })
  }
  const asked = Number(answer.headers.get('retry-after')) * 1000 || 0
  return new PassingFailure(`status ${answer.status}`, Math.min(asked, MAX_ASKED_PAUSE_MS))
}

/** What the system said, which `fetch` hides behind "fetch failed". */
function deepReason(error: unknown): string {
  const cause = (error as { cause?: unknown }).cause
  const inner = cause instanceof AggregateError ? cause.errors[0] : cause
  return inner instanceof Error && inner.message ? inner.message : reasonOf(error)
}
