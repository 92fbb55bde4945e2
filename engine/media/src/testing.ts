/** Tiny real media for tests, made on the spot. */
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { FileHandle, Frames } from '@beatloom/core'
import { runFfmpeg } from './run-ffmpeg.ts'

export { type DrawnVideo, drawnVideo, nearestFrames } from './certificate/drawn-video.ts'

export const never = new AbortController().signal

/** A photograph of 1920 × 1080. */
export const SAMPLE_PICTURE = fileURLToPath(new URL('../../../workflows/samples/cover.jpg', import.meta.url))

export interface ScratchFolder {
  path: string
  file(name: string): string
  remove(): Promise<void>
}

export async function scratchFolder(): Promise<ScratchFolder> {
  const path = await mkdtemp(join(tmpdir(), 'beatloom-test-'))
  return { path, file: (name) => join(path, name), remove: () => rm(path, { recursive: true, force: true }) }
}

export async function handleOf(path: string): Promise<FileHandle> {
  const sha256 = createHash('sha256')
    .update(await readFile(path))
    .digest('hex')
  return { path, sha256, name: basename(path) }
}

/** Runs ffmpeg with these arguments to make `path`. */
export async function makeMedia(path: string, ...args: string[]): Promise<string> {
  await runFfmpeg(['-loglevel', 'error', '-y', ...args, path], { signal: never, purpose: 'write' })
  return path
}

/** A 16-bit PCM WAV of given samples, −1 … 1, interleaved. */
export async function writeWav(
  path: string,
  samples: Float32Array,
  sampleRate: number,
  channels: number,
): Promise<string> {
  const bytes = Buffer.alloc(44 + samples.length * 2)
  bytes.write('RIFF', 0, 'latin1')
  bytes.writeUInt32LE(36 + samples.length * 2, 4)
  bytes.write('WAVEfmt ', 8, 'latin1')
  bytes.writeUInt32LE(16, 16)
  bytes.writeUInt16LE(1, 20)
  bytes.writeUInt16LE(channels, 22)
  bytes.writeUInt32LE(sampleRate, 24)
  bytes.writeUInt32LE(sampleRate * channels * 2, 28)
  bytes.writeUInt16LE(channels * 2, 32)
  bytes.writeUInt16LE(16, 34)
  bytes.write('data', 36, 'latin1')
  bytes.writeUInt32LE(samples.length * 2, 40)
  for (let i = 0; i < samples.length; i++) bytes.writeInt16LE(Math.round(samples[i]! * 32767), 44 + i * 2)
  await writeFile(path, bytes)
  return path
}

/** A grey wall that brightens, with a bar that wanders; frame n differs from every other. */
export function patternFrames(width: number, height: number, frameRate: number, frameCount: number): Frames {
  return {
    width,
    height,
    frameRate,
    frameCount,
    async *frames(signal) {
      const data = new Uint8Array(width * height * 3)
      for (let n = 0; n < frameCount; n++) {
        signal.throwIfAborted()
        data.fill(40 + ((n * 3) % 160))
        for (let y = 0; y < height; y++)
          data.fill(255, (y * width + (n % width)) * 3, (y * width + (n % width)) * 3 + 3)
        yield { width, height, channels: 3, data }
      }
    },
  }
}

/** Ids of the ffmpeg processes whose command line names a file. */
export function processesNaming(path: string): number[] {
  const table = execFileSync('ps', ['-eo', 'pid=,args='], { encoding: 'utf8', maxBuffer: 1 << 24 })
  return table
    .split('\n')
    .filter((line) => line.includes(`file:${path}`) && line.includes('-hide_banner'))
    .map((line) => Number.parseInt(line, 10))
}
