import { readdir } from 'node:fs/promises'
import { runNode } from '@beatloom/core/testing'
import { openAudio, readEmbedded, readMp4Facts } from '@beatloom/media'
import { handleOf, makeMedia, never, patternFrames, type ScratchFolder, scratchFolder } from '@beatloom/media/testing'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { saveMp4 } from './save-mp4.ts'

let folder: ScratchFolder
let song: string
beforeAll(async () => {
  folder = await scratchFolder()
  song = await makeMedia(folder.file('song.wav'), '-f', 'lavfi', '-i', 'sine=300:d=4')
})
afterAll(() => folder.remove())

const artifacts = {
  scratch: async (suffix: string) => folder.file(`scratch${suffix}`),
  adopt: async (path: string, name: string) => ({ path, name, sha256: '1'.repeat(64) }),
}

it('saves picture and sound with the workflow inside, and tells each frame', async () => {
  const { clip } = await openAudio(await handleOf(song), { durationSeconds: 1 }, never)
  const provenance = { workflow: '{"beatloom": 1}', files: { 'samples/song.wav': 'a'.repeat(64) } }
  const steps: string[] = []
  const { video, display } = await runNode(
    saveMp4,
    { frames: patternFrames(64, 36, 30, 30), audio: clip },
    { name: 'my ../clip.mp4' },
    {
      artifacts,
      provenance: async () => provenance,
      progress: (step, steps_) => steps.push(`${step}/${steps_}`),
    },
  )
  expect(video).toMatchObject({
    width: 64,
    height: 36,
    frameRate: 30,
    frameCount: 30,
    durationSeconds: 1,
    hasAudio: true,
  })
  expect(video).toMatchObject({ file: { name: 'my .. clip.mp4' } })
  expect(display).toMatchObject([{ kind: 'video', frameCount: 30, durationSeconds: 1 }])
  expect(steps.at(0)).toBe('1/30')
  expect(steps.at(-1)).toBe('30/30')
  const path = folder.file('scratch.mp4')
  expect(await readEmbedded(path)).toEqual(provenance)
  expect((await readMp4Facts(path)).tracks.map((track) => track.kind)).toEqual(['video', 'audio'])
})

it('saves silent video when no sound is linked', async () => {
  const { video } = await runNode(saveMp4, { frames: patternFrames(32, 32, 24, 5) }, {}, { artifacts })
  expect(video).toMatchObject({ hasAudio: false, file: { name: 'clip.mp4' } })
})

it('refuses picture and sound that differ by more than a frame, and names the way out', async () => {
  const { clip } = await openAudio(await handleOf(song), { durationSeconds: 2 }, never)
  const save = (frameCount: number) =>
    runNode(saveMp4, { frames: patternFrames(32, 32, 30, frameCount), audio: clip }, {}, { artifacts })
  await expect(save(58)).rejects.toMatchObject({
    code: 'input_invalid',
    message: 'The picture lasts 1.933 s and the sound 2 s: give the sound 1.933 s with Fit sound, or make 60 frames.',
  })
  await expect(save(62)).rejects.toMatchObject({ code: 'input_invalid' })
  await expect(save(59)).resolves.toMatchObject({ video: { frameCount: 59 } })
})

it('leaves no file when it is cancelled', async () => {
  const controller = new AbortController()
  const saved = runNode(
    saveMp4,
    { frames: patternFrames(320, 180, 30, 5000) },
    {},
    {
      artifacts: { ...artifacts, scratch: async () => folder.file('cancelled.mp4') },
      signal: controller.signal,
      progress: (step) => {
        if (step === 20) controller.abort()
      },
    },
  )
  await expect(saved).rejects.toThrow()
  expect((await readdir(folder.path)).filter((name) => name.startsWith('cancelled'))).toEqual([])
})
