import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Embedded, findMp4Box, mp4Boxes, readEmbeddedFromBytes } from './embedded.ts'

const text = (value: string) => [...new TextEncoder().encode(value)]
const uint32 = (value: number) => [value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255]
const box = (type: string | number[], ...content: number[][]): number[] => {
  const body = content.flat()
  return [...uint32(body.length + 8), ...(typeof type === 'string' ? text(type) : type), ...body]
}

function mp4(entries: [string, string][], options: { isFull?: boolean } = {}): Uint8Array {
  const { isFull = true } = options
  const keys = box('keys', uint32(0), uint32(entries.length), ...entries.map(([key]) => box('mdta', text(key))))
  const items = entries.map(([, value], index) =>
    box(uint32(index + 1), box('data', uint32(1), uint32(0), text(value))),
  )
  const handler = box('hdlr', uint32(0), uint32(0), text('mdta'), uint32(0), uint32(0), uint32(0), [0])
  const meta = box('meta', isFull ? uint32(0) : [], handler, keys, box('ilst', ...items))
  return Uint8Array.from([...box('ftyp', text('isom')), ...box('moov', box('udta', meta)), ...box('mdat', [1, 2, 3])])
}

function png(chunks: [string, number[]][]): Uint8Array {
  const bytes = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]
  for (const [type, data] of chunks) bytes.push(...uint32(data.length), ...text(type), ...data, 0, 0, 0, 0)
  return Uint8Array.from(bytes)
}

const wanted: Embedded = { workflow: '{"title": "漢字 🎵"}', files: { 'samples/a.jpg': 'ab' } }
const entries: [string, string][] = [
  ['encoder', 'someone else'],
  ['beatloom_workflow', wanted.workflow],
  ['beatloom_inputs', JSON.stringify(wanted.files)],
]

describe('a workflow inside a file', () => {
  it('is found in an MP4, with and without the version field that QuickTime leaves out', () => {
    expect(readEmbeddedFromBytes(mp4(entries))).toEqual(wanted)
    expect(readEmbeddedFromBytes(mp4(entries, { isFull: false }))).toEqual(wanted)
  })

  it('is found when only the beginning of the file is there', () => {
    const whole = mp4(entries)
    expect(readEmbeddedFromBytes(whole.subarray(0, whole.length - 5))).toEqual(wanted)
  })

  it('is found in a PNG', () => {
    const chunk = (key: string, value: string): [string, number[]] => [
      'iTXt',
      [...text(key), 0, 0, 0, 0, 0, ...text(value)],
    ]
    const chunks = entries.map(([key, value]) => chunk(key, value))
    expect(readEmbeddedFromBytes(png([['IHDR', [1, 2, 3]], ...chunks, ['IEND', []]]))).toEqual(wanted)
  })

  it('opens even when the input hashes are no JSON object', () => {
    for (const odd of ['', '[1', '3', 'null', '{"a": 5}']) {
      const bytes = mp4([
        ['beatloom_workflow', '{}'],
        ['beatloom_inputs', odd],
      ])
      expect(readEmbeddedFromBytes(bytes)).toEqual({ workflow: '{}', files: {} })
    }
  })

  it('is null where there is none', () => {
    expect(readEmbeddedFromBytes(mp4([['title', 'a song']]))).toBeNull()
    expect(readEmbeddedFromBytes(png([['IHDR', [1]]]))).toBeNull()
    expect(readEmbeddedFromBytes(new Uint8Array())).toBeNull()
    expect(readEmbeddedFromBytes(Uint8Array.from(text('{"beatloom": 1}')))).toBeNull()
  })

  it('never breaks on damaged bytes', () => {
    const whole = [mp4(entries), png([['iTXt', [...text('beatloom_workflow'), 0, 0, 0, 0, 0, 65]]])]
    const damage = fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 6 })
    fc.assert(
      fc.property(fc.constantFrom(...whole), damage, fc.nat(), (bytes, hits, cut) => {
        const damaged = bytes.slice(0, bytes.length - (cut % bytes.length))
        for (const [at, value] of hits) damaged[at % damaged.length] = value
        const found = readEmbeddedFromBytes(damaged)
        return found === null || typeof found.workflow === 'string'
      }),
      { numRuns: 2000 },
    )
  })
})

it('boxes with 64-bit sizes are walked, and a size of 0 runs to the end', () => {
  const long = [...uint32(1), ...text('mdat'), ...uint32(0), ...uint32(19), 7, 7, 7]
  const last = [...uint32(0), ...text('free'), 1, 2]
  const bytes = Uint8Array.from([...long, ...last])
  expect([...mp4Boxes(bytes)]).toEqual([
    { type: 'mdat', start: 16, end: 19 },
    { type: 'free', start: 27, end: 29 },
  ])
  expect(findMp4Box(bytes, ['moov', 'trak'])).toBeUndefined()
})
