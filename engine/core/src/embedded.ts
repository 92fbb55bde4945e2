import { parseCertificate, type SyncCertificate } from './certificate.ts'
import { ascii } from './embedded-bytes.ts'
import { id3Length, id3Texts } from './embedded-id3.ts'
import { isMatroska, matroskaTexts } from './embedded-matroska.ts'
import { mp4Texts } from './embedded-mp4.ts'
import { PNG_SIGNATURE, pngTexts } from './embedded-png.ts'
import { flacTexts, isFlac, isWav, wavTexts } from './embedded-sound.ts'
import { type ByteSource, skimMetadata } from './skim-metadata.ts'

export { findMp4Box, type Mp4Box, mp4Boxes } from './embedded-mp4.ts'
export type { ByteSource } from './skim-metadata.ts'

/**
 * The workflow that a media file carries inside. Ours have it in MP4 as QuickTime metadata keys (`moov/udta/meta`,
 * handler `mdta`) and in PNG as international text chunks; it is read from WebM, WAV, MP3 and FLAC as well. Pure
 * functions on bytes, for the browser too.
 */

/** Key of the workflow file's text. */
export const EMBEDDED_WORKFLOW_KEY = 'beatloom_workflow'
/** Key of a JSON object: SHA-256 of each file input by its reference. */
export const EMBEDDED_INPUTS_KEY = 'beatloom_inputs'
/** Key of a sync certificate's JSON text. */
export const EMBEDDED_CERTIFICATE_KEY = 'beatloom_certificate'
/** Where other programs let people put a text; taken for a workflow only when it is one. */
const OTHER_KEYS = ['workflow', 'comment', 'description']

export interface Embedded {
  /** The workflow file's text, as it ran. Not validated. */
  workflow: string
  /** SHA-256 of each file input by its reference. */
  files: Record<string, string>
  /** What was measured of this very video. Absent in pictures, older files, and where it is of an unknown version. */
  certificate?: SyncCertificate
}

/**
 * Finds the workflow in the bytes of a PNG, MP4, WebM, WAV, MP3 or FLAC.
 * @param bytes the whole file, or its beginning as long as it holds the metadata, or what `skimMetadata` kept.
 * @returns null when there is none, or the bytes are something else.
 */
export function readEmbeddedFromBytes(bytes: Uint8Array): Embedded | null {
  const texts = new Map<string, string>()
  for (const [key, text] of textsOf(bytes)) texts.set(key.toLowerCase(), text)
  const workflow = texts.get(EMBEDDED_WORKFLOW_KEY) ?? OTHER_KEYS.map((key) => texts.get(key)).find(isWorkflowText)
  if (workflow === undefined) return null
  const certificate = parseCertificate(texts.get(EMBEDDED_CERTIFICATE_KEY))
  return { workflow, files: parseFiles(texts.get(EMBEDDED_INPUTS_KEY)), ...(certificate && { certificate }) }
}

/** The same for a file of any length: only its metadata is read. */
export async function findEmbedded(source: ByteSource): Promise<Embedded | null> {
  return readEmbeddedFromBytes(await skimMetadata(source))
}

function textsOf(bytes: Uint8Array): Map<string, string> {
  if (ascii(bytes, 0, 8) === PNG_SIGNATURE) return pngTexts(bytes)
  if (isMatroska(bytes)) return matroskaTexts(bytes)
  if (isWav(bytes)) return wavTexts(bytes)
  if (isFlac(bytes)) return flacTexts(bytes)
  return id3Length(bytes) > 0 ? id3Texts(bytes) : mp4Texts(bytes)
}

function isWorkflowText(text: string | undefined): text is string {
  if (!text?.trimStart().startsWith('{')) return false
  try {
    return typeof JSON.parse(text).beatloom === 'number'
  } catch {
    return false
  }
}

function parseFiles(text: string | undefined): Record<string, string> {
  if (text === undefined) return {}
  try {
    const parsed: unknown = JSON.parse(text)
    if (typeof parsed !== 'object' || parsed === null) return {}
    return Object.fromEntries(
      Object.entries(parsed).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
    )
  } catch {
    return {} // another program's key of the same name; the workflow still opens
  }
}
