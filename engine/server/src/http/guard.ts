import { timingSafeEqual } from 'node:crypto'
import { isIP } from 'node:net'
import { hostname } from 'node:os'
import { AppError } from '@beatloom/core'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { hashText } from '../files/hash-file.ts'

export interface GuardOptions {
  /** The address the server listens on. */
  host: string
  token: string | undefined
  /** More host names that may be used, comma separated. */
  allowedHosts?: string
}

const COOKIE = 'beatloom_token'
const LOOPBACK = new Set(['localhost', '127.0.0.1', '::1'])

export const isLoopback = (host: string): boolean => LOOPBACK.has(host) || (isIP(host) === 4 && host.startsWith('127.'))

/** @throws {AppError} `usage` when the address is reachable from elsewhere and no token is set. */
export function checkBinding({ host, token }: GuardOptions): void {
  if (isLoopback(host) || token) return
  throw new AppError(
    'usage',
    `Listening on ${host} lets other machines in, so it needs a token: BEATLOOM_TOKEN=$(openssl rand -hex 24) BEATLOOM_HOST=${host} npm start`,
  )
}

/**
 * Lets in requests that name this server and come from its own pages: a foreign page cannot reach it by its own
 * origin, nor by a name that was made to point here. Covers WebSocket upgrades. With a token set, it must be given.
 */
export function guard(app: FastifyInstance, options: GuardOptions): void {
  const named = (options.allowedHosts ?? '').split(',').map((name) => name.trim().toLowerCase())
  const open = !isLoopback(options.host)
  const isOurs = (name: string): boolean =>
    isLoopback(name) || named.includes(name) || (open && (isIP(name) !== 0 || name === hostname().toLowerCase()))
  app.addHook('onRequest', async (request, reply) => {
    // An upgrade that is refused leaves a connection that the HTTP server no longer counts as its own.
    if (request.headers.upgrade) reply.raw.once('finish', () => request.raw.socket.destroySoon())
    const host = hostNameOf(`http://${request.headers.host ?? ''}`)
    if (host === null || !isOurs(host)) throw refused(`The host "${request.headers.host ?? ''}" is not this server's.`)
    const { origin } = request.headers
    if (origin !== undefined) {
      const from = hostNameOf(origin)
      if (from === null || !isOurs(from)) throw refused(`Pages of ${origin} may not use this server.`)
    }
    if (!options.token) return
    const given = tokenIn(request)
    if (!given || !sameText(given.token, options.token)) {
      throw refused('This server wants its token: open it with ?token=… or send it as a Bearer token.')
    }
    if (given.inAddress) {
      reply.header('set-cookie', `${COOKIE}=${encodeURIComponent(given.token)}; Path=/; HttpOnly; SameSite=Strict`)
    }
  })
}

/** Null for what is no address, such as the origin "null" of a sandboxed page. */
function hostNameOf(address: string): string | null {
  if (!URL.canParse(address)) return null
  const { hostname: name } = new URL(address)
  return name === '' ? null : name.replace(/^\[|\]$/g, '').toLowerCase()
}

function tokenIn(request: FastifyRequest): { token: string; inAddress: boolean } | null {
  const bearer = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1]
  if (bearer) return { token: bearer, inAddress: false }
  const { token } = request.query as { token?: unknown }
  if (typeof token === 'string') return { token, inAddress: true }
  const cookie = new RegExp(`(?:^|; )${COOKIE}=([^;]+)`).exec(request.headers.cookie ?? '')?.[1]
  return cookie ? { token: decodeURIComponent(cookie), inAddress: false } : null
}

/** In a time that says nothing about where they differ. */
const sameText = (a: string, b: string): boolean => timingSafeEqual(Buffer.from(hashText(a)), Buffer.from(hashText(b)))

const refused = (message: string): AppError => new AppError('origin_refused', message)
