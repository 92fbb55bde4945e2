import type { FileHandle } from '@beatloom/core'
import type { PublicFile } from '../api/types.ts'

/** On the wire a file is an address, never a path of the server's machine. */
export const addressOf = (file: FileHandle): string => (file as unknown as PublicFile).url
