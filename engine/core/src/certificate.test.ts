import { expect, it } from 'vitest'
import { parseCertificate, type SyncCertificate } from './certificate.ts'
import { readEmbeddedFromBytes } from './embedded.ts'

const certificate: SyncCertificate = {
  version: 1,
  verdict: 'red',
  reasons: [{ code: 'picture_late', level: 'red', text: 'The picture comes 100 ms late against the beat.' }],
  mediaSha256: 'a'.repeat(64),
  picture: {
    frameRate: 30,
    frames: 300,
    announcedFrames: 300,
    expectedFrames: 300,
    startMs: 0,
    lengthSeconds: 10,
    missingFrames: 0,
    isSteady: true,
  },
  sound: null,
  startDifferenceMs: null,
  lengthDifferenceMs: null,
  source: null,
  cuts: [{ frame: 30, seconds: 1 }],
  beats: null,
  cutsToBeats: null,
  planned: { frameRate: 30, frameCount: 300, cuts: [{ frame: 30, markSeconds: null, reason: 'hand' }] },
  cutsToPlan: null,
}

it('is read back from its JSON as it was', () => {
  expect(parseCertificate(JSON.stringify(certificate))).toEqual(certificate)
})

it('is left aside when it is of another version, broken, or no certificate', () => {
  const newer = JSON.stringify({ ...certificate, version: 2 })
  const numbersMissing = JSON.stringify({ ...certificate, picture: { frames: 3 } })
  for (const text of [undefined, '', '{', 'null', '[]', '{}', newer, numbersMissing]) {
    expect(parseCertificate(text), text).toBeNull()
  }
})

const text = (value: string): number[] => [...new TextEncoder().encode(value)]
const uint32 = (value: number): number[] => [value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255]
const box = (type: string | number[], ...content: number[][]): number[] => {
  const body = content.flat()
  return [...uint32(body.length + 8), ...(typeof type === 'string' ? text(type) : type), ...body]
}

function mp4With(...entries: [key: string, value: string][]): Uint8Array {
  const keys = box('keys', uint32(0), uint32(entries.length), ...entries.map(([key]) => box('mdta', text(key))))
  const items = entries.map(([, value], i) => box(uint32(i + 1), box('data', uint32(1), uint32(0), text(value))))
  const handler = box('hdlr', uint32(0), uint32(0), text('mdta'), uint32(0), uint32(0), uint32(0), [0])
  const meta = box('meta', uint32(0), handler, keys, box('ilst', ...items))
  return Uint8Array.from([...box('ftyp', text('isom')), ...box('moov', box('udta', meta))])
}

it('is found beside the workflow in an MP4, and a file without one, or with a broken one, opens as before', () => {
  const workflow: [string, string] = ['beatloom_workflow', '{}']
  const carried = readEmbeddedFromBytes(mp4With(workflow, ['beatloom_certificate', JSON.stringify(certificate)]))
  expect(carried).toEqual({ workflow: '{}', files: {}, certificate })
  const bare = { workflow: '{}', files: {} }
  expect(readEmbeddedFromBytes(mp4With(workflow))).toEqual(bare)
  expect(readEmbeddedFromBytes(mp4With(workflow, ['beatloom_certificate', '{"version": 9}']))).toEqual(bare)
})
