import { crc32 } from 'node:zlib'
import { EMBEDDED_INPUTS_KEY, EMBEDDED_WORKFLOW_KEY, type Embedded } from '@beatloom/core'

/** Signature and the header chunk, which always comes first: 8 + 4 + 4 + 13 + 4 bytes. */
const HEADER_END = 33

/** A copy of a PNG that carries a workflow, as `iTXt` chunks before the pixels (PNG specification 11.3.3.4). */
export function embedInPng(png: Uint8Array, metadata: Embedded): Uint8Array {
  return Buffer.concat([
    png.subarray(0, HEADER_END),
    textChunk(EMBEDDED_WORKFLOW_KEY, metadata.workflow),
    textChunk(EMBEDDED_INPUTS_KEY, JSON.stringify(metadata.files)),
    png.subarray(HEADER_END),
  ])
}

function textChunk(keyword: string, text: string): Uint8Array {
  // After the keyword: its end, not compressed, method 0, no language, no translated keyword.
  const body = Buffer.concat([Buffer.from(`iTXt${keyword}`, 'latin1'), Buffer.alloc(5), Buffer.from(text, 'utf8')])
  const chunk = Buffer.alloc(body.length + 8)
  chunk.writeUInt32BE(body.length - 4, 0)
  body.copy(chunk, 4)
  chunk.writeUInt32BE(crc32(body), body.length + 4)
  return chunk
}
