import { AppError } from '@beatloom/core'
import { formatInWords, type MediaFormat } from './sniff.ts'

/** Demuxers by what the bytes say, so that no playlist or script inside a renamed file is ever followed. */
const DEMUXERS: Partial<Record<MediaFormat, string>> = {
  wav: 'wav,w64',
  mp3: 'mp3,aac,flac',
  flac: 'flac',
  ogg: 'ogg',
  aac: 'aac,mp3',
  mp4: 'mov,mp4,m4a,3gp,3g2,mj2',
  matroska: 'matroska,webm',
}

/**
 * ffmpeg's input arguments for a sound or video file of known format.
 * Only the local file itself may be opened: no network, no other file it might name.
 */
export function safeInput(path: string, format: MediaFormat): string[] {
  const demuxers = DEMUXERS[format]
  if (!demuxers) throw new AppError('media_unreadable', `The file is no sound: it is ${formatInWords(format)}.`)
  // `file:` keeps names with a colon or a leading dash from being read as a protocol or an option.
  return ['-protocol_whitelist', 'file', '-format_whitelist', demuxers, '-i', `file:${path}`]
}

/** Whether ffmpeg may look for sound in a file of this format. */
export function isSoundFormat(format: MediaFormat): boolean {
  return DEMUXERS[format] !== undefined
}
