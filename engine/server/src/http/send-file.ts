import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import type { FileHandle } from '@beatloom/core'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { mimeOf } from '../files/mime.ts'
import { parseRange } from './byte-range.ts'

/**
 * Sends a file of known content: ETag from its hash, byte ranges for players, no guessing of types, and no rights for
 * whatever the file might contain.
 */
export async function sendFile(request: FastifyRequest, reply: FastifyReply, file: FileHandle): Promise<FastifyReply> {
  const { size } = await stat(file.path)
  const etag = `"${file.sha256}"`
  reply.headers({
    etag,
    'accept-ranges': 'bytes',
    'cache-control': request.url.includes('/files/samples/') ? 'no-cache' : 'private, max-age=31536000, immutable',
    'content-type': mimeOf(file.name),
    'content-disposition': `inline; filename*=UTF-8''${encodeURIComponent(file.name)}`,
    'content-security-policy': "default-src 'none'; media-src 'self'; style-src 'unsafe-inline'; sandbox",
    'x-content-type-options': 'nosniff',
  })
  if (request.headers['if-none-match']?.split(/,\s*/).includes(etag)) return reply.code(304).send()
  const ifRange = request.headers['if-range']
  const range = ifRange === undefined || ifRange === etag ? parseRange(request.headers.range, size) : null
  if (range === 'unsatisfiable') return reply.code(416).header('content-range', `bytes */${size}`).send()
  const { start, end } = range ?? { start: 0, end: size - 1 }
  if (range) reply.code(206).header('content-range', `bytes ${start}-${end}/${size}`)
  reply.header('content-length', Math.max(0, end - start + 1))
  if (request.method === 'HEAD' || size === 0) return reply.send('')
  return reply.send(createReadStream(file.path, { start, end }))
}
