import type { Display, NodeDescriptor } from '@beatloom/core'
import { parseWorkflow } from '@beatloom/core'
import { expect, it } from 'vitest'
import { resultFiles } from './result-files.ts'

const file = (name: string) => ({ sha256: name, name, url: `/files/${name}`, path: '' })
const clock = { width: 640, height: 360, frameRate: 30, frameCount: 90, durationSeconds: 3 }
const video = (name: string): Display => ({ kind: 'video', file: file(name), ...clock })
const image = (name: string, full?: string): Display => ({
  ...{ kind: 'image', file: file(name), width: 640, height: 360 },
  ...(full ? { full: file(full) } : {}),
})
const descriptors = new Map(
  (['video.assemble', 'image.save-png', 'frames.pulse'] as const).map((type) => [
    type as string,
    { type, terminal: type !== 'frames.pulse' } as unknown as NodeDescriptor,
  ]),
)
const nodes = {
  pulse: { type: 'frames.pulse' },
  assemble: { type: 'video.assemble' },
  save: { type: 'image.save-png' },
}
const open = parseWorkflow(JSON.stringify({ beatloom: 1, nodes }))
const displays = {
  pulse: [video('draft.mp4')],
  assemble: [video('clip.mp4')],
  save: [image('small.jpg', 'whole.png')],
}
const names = (list: ReturnType<typeof resultFiles>) => list.map((item) => [item.file?.name, item.mime])

it('gives the files of declared outputs, and only those', () => {
  const declared = { ...open, outputs: { video: { node: 'assemble', port: 'video' } } }
  const made = { name: 'video', type: 'VIDEO', file: file('declared.mp4'), mime: 'video/mp4' }
  const run = { state: 'done' as const, outputs: [made, { name: 'tempo', type: 'NUMBER', value: 120 }], displays }
  expect(names(resultFiles(run, declared, descriptors))).toEqual([['declared.mp4', 'video/mp4']])
})

it('gives what the last nodes show where a graph declares no output: videos, and pictures at their full size', () => {
  expect(names(resultFiles({ state: 'done', outputs: [], displays }, open, descriptors))).toEqual([
    ['clip.mp4', 'video/mp4'],
    ['whole.png', 'image/png'],
  ])
})

it('gives nothing before the run is done, and without one', () => {
  expect(resultFiles({ state: 'running', outputs: [], displays }, open, descriptors)).toEqual([])
  expect(resultFiles(null, open, descriptors)).toEqual([])
})
