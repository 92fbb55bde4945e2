import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { type ByteSource, findEmbedded, readEmbeddedFromBytes } from './embedded.ts'

const folder = mkdtempSync(join(tmpdir(), 'beatloom-embedded-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const TEXT = JSON.stringify({ beatloom: 1, title: '漢字 🎵 "quotes"; = \\', nodes: {} }, null, 2)
const SOUND = ['-f', 'lavfi', '-i', 'sine=duration=0.3']
const PICTURE = ['-f', 'lavfi', '-i', 'color=red:size=64x64:duration=0.2:rate=5']

/** A file as ffmpeg writes it with this metadata. */
function make(name: string, input: readonly string[], metadata: Record<string, string>, more: string[] = []) {
  const path = join(folder, name)
  const tags = Object.entries(metadata).flatMap(([key, value]) => ['-metadata', `${key}=${value}`])
  execFileSync('ffmpeg', ['-loglevel', 'error', '-y', ...input, ...tags, ...more, path])
  return new Uint8Array(readFileSync(path))
}

/** Counts what is read, so a test can tell that pictures and sound were stepped over. */
function sourceOf(bytes: Uint8Array): ByteSource & { readBytes: number } {
  const source = {
    size: bytes.length,
    readBytes: 0,
    async read(start: number, end: number) {
      source.readBytes += end - start
      return bytes.slice(start, end)
    },
  }
  return source
}

const KINDS: [name: string, input: string[], key: string, more: string[]][] = [
  ['keys.mp4', PICTURE, 'beatloom_workflow', ['-movflags', 'use_metadata_tags']],
  ['comment.mp4', PICTURE, 'comment', []],
  ['own.webm', [...PICTURE, ...SOUND], 'beatloom_workflow', ['-shortest']],
  ['comment.webm', PICTURE, 'comment', []],
  ['comment.mkv', PICTURE, 'comment', ['-c:v', 'mpeg4']],
  ['comment.wav', SOUND, 'comment', []],
  ['own.mp3', SOUND, 'beatloom_workflow', []],
  ['comment.mp3', SOUND, 'comment', []],
  ['v23.mp3', SOUND, 'workflow', ['-id3v2_version', '3']],
  ['own.flac', SOUND, 'beatloom_workflow', []],
  ['comment.flac', SOUND, 'comment', []],
  ['workflow.flac', SOUND, 'workflow', []],
]

describe('D1: a workflow inside a file that ffmpeg wrote', () => {
  it.each(KINDS)('is found in %s', async (name, input, key, more) => {
    const bytes = make(name, input, { title: 'A song', [key]: TEXT }, more)
    expect(readEmbeddedFromBytes(bytes)).toEqual({ workflow: TEXT, files: {} })
    expect(await findEmbedded(sourceOf(bytes))).toEqual({ workflow: TEXT, files: {} })
  })

  it.each(KINDS)('is not seen in %s whose comment is about something else', async (name, input, _key, more) => {
    const bytes = make(`plain-${name}`, input, { title: 'A song', comment: '{"mood": "calm"}' }, more)
    expect(readEmbeddedFromBytes(bytes)).toBeNull()
    expect(await findEmbedded(sourceOf(bytes))).toBeNull()
  })

  it('is found in a PNG that says it in a plain text chunk', async () => {
    const png = make('plain.png', PICTURE, {}, ['-frames:v', '1'])
    const text = [...new TextEncoder().encode(`workflow\0${TEXT}`)]
    const chunk = [0, 0, text.length >> 8, text.length & 255, ...Buffer.from('tEXt'), ...text, 0, 0, 0, 0]
    // After the pixels, just before the end chunk, where some programs put it.
    const bytes = Uint8Array.from([...png.slice(0, -12), ...chunk, ...png.slice(-12)])
    expect(readEmbeddedFromBytes(bytes)?.workflow).toBe(TEXT)
    expect((await findEmbedded(sourceOf(bytes)))?.workflow).toBe(TEXT)
  })

  it('is found behind minutes of sound and pictures, which are not read', async () => {
    const wav = make('long.wav', ['-f', 'lavfi', '-i', 'anoisesrc=duration=30'], { comment: TEXT })
    const late = make('late.mp4', ['-f', 'lavfi', '-i', 'testsrc=duration=4'], { comment: TEXT })
    for (const bytes of [wav, late]) {
      const source = sourceOf(bytes)
      expect((await findEmbedded(source))?.workflow).toBe(TEXT)
      expect(source.readBytes).toBeLessThan(16_000)
    }
    expect(wav.length).toBeGreaterThan(2_000_000)
  })

  it('is read from an ID3 chunk of a WAV and from comments in UTF-16', () => {
    const utf16 = (text: string) => [...Buffer.from(`\ufeff${text}`, 'utf16le')]
    const content = [1, ...Buffer.from('eng'), ...utf16('note'), 0, 0, ...utf16(TEXT)]
    const size = (n: number) => [n >>> 24, (n >>> 16) & 255, (n >>> 8) & 255, n & 255]
    const safe = (n: number) => [(n >>> 21) & 127, (n >>> 14) & 127, (n >>> 7) & 127, n & 127]
    const frame = [...Buffer.from('COMM'), ...size(content.length), 0, 0, ...content]
    const tag = [...Buffer.from('ID3'), 3, 0, 0, ...safe(frame.length), ...frame]
    expect(readEmbeddedFromBytes(Uint8Array.from(tag))?.workflow).toBe(TEXT)
    const chunk = [...Buffer.from('id3 '), ...size(tag.length).reverse(), ...tag]
    const wav = [...Buffer.from('RIFF'), ...size(chunk.length + 4).reverse(), ...Buffer.from('WAVE'), ...chunk]
    expect(readEmbeddedFromBytes(Uint8Array.from(wav))?.workflow).toBe(TEXT)
  })

  it('never breaks on damaged bytes', async () => {
    const whole = ['own.webm', 'comment.wav', 'own.mp3', 'own.flac'].map((name) => readFileSync(join(folder, name)))
    const damage = fc.array(fc.tuple(fc.nat(4000), fc.nat(255)), { maxLength: 8 })
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...whole), damage, fc.nat(), async (file, hits, cut) => {
        const bytes = new Uint8Array(file.subarray(0, file.length - (cut % file.length)))
        for (const [at, value] of hits) bytes[at % bytes.length] = value
        const found = [readEmbeddedFromBytes(bytes), await findEmbedded(sourceOf(bytes))]
        return found.every((one) => one === null || typeof one.workflow === 'string')
      }),
      { numRuns: 600 },
    )
  })
})
