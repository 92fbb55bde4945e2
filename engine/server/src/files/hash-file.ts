import { createHash, hash } from 'node:crypto'
import { createReadStream } from 'node:fs'

/** SHA-256 of a file, lower-case hex, read as a stream. */
export async function hashFile(path: string): Promise<string> {
  const digest = createHash('sha256')
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) digest.update(chunk as Buffer)
  return digest.digest('hex')
}

export const hashText = (text: string): string => hash('sha256', text)
