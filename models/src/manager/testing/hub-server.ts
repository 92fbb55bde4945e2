/** A small hub on this machine: lists, resolves and sends on to a "CDN" as huggingface.co does. */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join, relative, sep } from 'node:path'

/** What goes wrong with one answer of the CDN. */
export type Fault =
  /** The connection breaks after so many bytes of the answer. */
  | { kind: 'break'; after: number }
  /** It goes silent after so many. */
  | { kind: 'hang'; after: number }
  /** One bit of the byte at this place of the answer is another. */
  | { kind: 'flip'; at: number }
  | { kind: 'status'; status: number; headers?: Record<string, string> }
  /** Ranges are not known. */
  | { kind: 'whole' }

export interface TestHub {
  url: string
  files: Map<string, Buffer>
  /** Next faults of a file, in order; an answer without one is right. */
  faults: Map<string, Fault[]>
  /** Every request: `GET /path range`, `cdn` ones with `token` where they carried one. */
  log: { path: string; range: string | undefined; token: string | undefined }[]
  /** The only token that opens the repository; without it everybody may. */
  token: string | null
  /** Answers lists with this status. */
  gated: number | null
  close(): Promise<void>
}

export const REPO = 'ada/tiny-pocket'
const PAGE = 5

const gitSha1 = (bytes: Buffer): string =>
  createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex')
const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex')
const isLarge = (path: string): boolean => /\.onnx(_data)?$/.test(path)

/** The files of a folder by their paths, as a repository holds them. */
export function filesOf(folder: string): Map<string, Buffer> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  return new Map(
    files.map((entry) => {
      const path = join(entry.parentPath, entry.name)
      return [relative(folder, path).split(sep).join('/'), readFileSync(path)]
    }),
  )
}

export async function startHub(files: Map<string, Buffer>): Promise<TestHub> {
  const cdn = createServer((request, response) => sendFile(request, response))
  const server = createServer((request, response) => answer(request, response))
  const listening = (one: typeof server): Promise<string> =>
    new Promise((resolve) => {
      one.listen(0, '127.0.0.1', () => resolve(`http://127.0.0.1:${(one.address() as AddressInfo).port}`))
    })
  const hub: TestHub = {
    url: await listening(server),
    files,
    faults: new Map(),
    log: [],
    token: null,
    gated: null,
    close: async () => {
      for (const one of [server, cdn]) {
        one.closeAllConnections()
        await new Promise((resolve) => one.close(resolve))
      }
    },
  }
  const cdnUrl = await listening(cdn)
  // The listing is that of one commit; what the CDN holds may change meanwhile.
  const listed = new Map(files)
  const commit = createHash('sha1')
    .update([...files.keys()].join('\n'))
    .digest('hex')

  function note(request: IncomingMessage): void {
    const { range, authorization } = request.headers
    hub.log.push({ path: request.url ?? '', range, token: authorization })
  }

  function refuse(response: ServerResponse, status: number, word: string): ServerResponse {
    response.writeHead(status, { 'x-error-code': word, 'content-type': 'application/json' })
    return response.end(JSON.stringify({ error: word }))
  }

  function answer(request: IncomingMessage, response: ServerResponse): ServerResponse {
    note(request)
    const { pathname, searchParams } = new URL(request.url ?? '/', hub.url)
    if (hub.gated) return refuse(response, hub.gated, 'GatedRepo')
    if (hub.token && request.headers.authorization !== `Bearer ${hub.token}`)
      return refuse(response, 401, 'RepoNotFound')
    const api = `/api/models/${REPO}`
    if (pathname.startsWith(`${api}/revision/`)) {
      const revision = decodeURIComponent(pathname.slice(`${api}/revision/`.length))
      if (revision !== 'main' && revision !== commit) return refuse(response, 404, 'RevisionNotFound')
      const facts = { _id: '1', id: REPO, sha: commit, cardData: { license: 'mit' }, lastModified: '2026-01-01' }
      return response.setHeader('content-type', 'application/json').end(JSON.stringify(facts))
    }
    if (pathname === `${api}/tree/${commit}`) return list(response, Number(searchParams.get('cursor') ?? 0))
    const resolved = `/${REPO}/resolve/${commit}/`
    const path = decodeURIComponent(pathname.slice(resolved.length))
    if (!pathname.startsWith(resolved)) return refuse(response, 404, 'RepoNotFound')
    if (!hub.files.has(path)) return refuse(response, 404, 'EntryNotFound')
    const bytes = listed.get(path) as Buffer
    const linked = {
      'x-repo-commit': commit,
      'x-linked-etag': `"${sha256(bytes)}"`,
      'x-linked-size': String(bytes.length),
    }
    return response.writeHead(302, { location: `${cdnUrl}/${path}`, ...linked }).end()
  }

  function list(response: ServerResponse, from: number): ServerResponse {
    const page = [...listed].slice(from, from + PAGE).map(([path, bytes]) => ({
      type: 'file',
      path,
      size: bytes.length,
      oid: gitSha1(bytes),
      ...(isLarge(path) ? { lfs: { oid: sha256(bytes), size: bytes.length, pointerSize: 130 } } : {}),
    }))
    if (from + PAGE < listed.size) {
      const next = `${hub.url}/api/models/${REPO}/tree/${commit}?recursive=true&cursor=${from + PAGE}`
      response.setHeader('link', `<${next}>; rel="next"`)
    }
    return response.setHeader('content-type', 'application/json').end(JSON.stringify(page))
  }

  function sendFile(request: IncomingMessage, response: ServerResponse): ServerResponse {
    note(request)
    const path = decodeURIComponent((request.url ?? '').slice(1))
    const bytes = hub.files.get(path) ?? Buffer.alloc(0)
    const fault = hub.faults.get(path)?.shift()
    if (fault?.kind === 'status') return response.writeHead(fault.status, fault.headers).end()
    const start = fault?.kind === 'whole' ? 0 : Number(/bytes=(\d+)-/.exec(request.headers.range ?? '')?.[1] ?? 0)
    const partial = start > 0 || (request.headers.range !== undefined && fault?.kind !== 'whole')
    let body = bytes.subarray(start)
    const head = { etag: `"${sha256(bytes)}"`, 'content-length': String(body.length) }
    const range = { 'content-range': `bytes ${start}-${bytes.length - 1}/${bytes.length}` }
    response.writeHead(partial ? 206 : 200, partial ? { ...head, ...range } : head)
    if (fault?.kind === 'flip') {
      body = Buffer.from(body)
      body.writeUInt8((body[fault.at] ?? 0) ^ 1, fault.at)
    }
    if (fault?.kind !== 'break' && fault?.kind !== 'hang') return response.end(body)
    const { after, kind } = fault
    response.write(body.subarray(0, after), () => {
      // Long enough for what was written to arrive.
      if (kind === 'break') setTimeout(() => response.destroy(), 20)
    })
    return response
  }

  return hub
}
