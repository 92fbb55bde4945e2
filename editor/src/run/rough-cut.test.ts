import type { Display } from '@beatloom/core'
import { expect, it } from 'vitest'
import { roughCutOf } from './rough-cut.ts'

const video = (name: string): Display => ({
  kind: 'video',
  file: { path: '', sha256: name, name },
  ...{ width: 640, height: 360, frameRate: 30, frameCount: 90, durationSeconds: 3 },
})
const plan: Display = {
  kind: 'shots',
  ...{ durationSeconds: 3, frameRate: 30, shots: [], planned: [], beats: [], downbeats: [], sections: [], peaks: [] },
}
const clips: Display = { kind: 'shot-clips', clips: [] }

it('is the animatic until shots have taken the places of drafts', () => {
  const displays = { plan: [plan], animatic: [video('animatic')], render: [clips] }
  expect(roughCutOf(displays)?.file.name).toBe('animatic')
  expect(roughCutOf({ ...displays, render: [clips, video('filled')] })?.file.name).toBe('filled')
})

it('is nothing where no shots are planned, or nothing can be watched yet', () => {
  expect(roughCutOf({ save: [video('clip')] })).toBeNull()
  expect(roughCutOf({ plan: [plan], render: [clips] })).toBeNull()
})
