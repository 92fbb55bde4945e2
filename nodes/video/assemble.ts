import { AppError, clipFacts, defineNode, known, type ParamMeta, type Shots, type VideoFile } from '@beatloom/core'
import { fileNameOf, joinMp4 } from '@beatloom/media'
import { z } from 'zod'
import { clipMegapixels } from '../clip-pixels.ts'
import { requireOneClock, requirePlanOfSound } from '../one-clock.ts'
import { showVideo } from './show-video.ts'

export const assemble = defineNode({
  type: 'video.assemble',
  version: 1,
  title: 'Assemble',
  description:
    'Joins the shots of a plan to one MP4 of exactly the song’s length, with the song untouched under them. No frame is encoded a second time.',
  category: 'Video',
  aliases: ['join', 'concat', 'edit', 'master', 'save video', '合成', '拼接', '导出'],
  phase: 'encode',
  terminal: true,
  inputs: {
    shots: { type: 'SHOTS', title: 'Plan' },
    clips: { type: 'VIDEO', title: 'Shots', list: true, description: 'One for each shot of the plan, in its order.' },
    audio: { type: 'AUDIO', title: 'Audio', optional: true, description: 'The song; without it the video is silent.' },
  },
  outputs: { video: { type: 'VIDEO', title: 'Video' } },
  params: z.object({
    name: z
      .string()
      .max(120)
      .default('clip')
      .describe('File name, without the ending')
      .meta({ title: 'Name' } satisfies ParamMeta),
  }),
  facts({ shots, clips, audio }) {
    const [first] = clips ?? []
    const size = known({ width: first?.width, height: first?.height })
    const { frameRate, frameCount, durationErrorSeconds = 0 } = shots ?? {}
    const plan = known({ frameRate, frameCount })
    return {
      video: { ...clipFacts({ ...size, ...plan, hasAudio: audio !== undefined }), durationErrorSeconds },
    }
  },
  cost(_params, { audio }, { video }) {
    const pixels = clipMegapixels(video)
    const seconds = audio?.durationSeconds ?? 0
    // Measured 2026-11-23: joining is bound by the disk, encoding the song takes a second for each 100 of it.
    return {
      work: 0.5 + 0.012 * seconds,
      memoryBytes: 60e6,
      diskBytes: pixels === null ? 5e5 * seconds : 2 * 20e3 * pixels,
    }
  },
  async run({ shots, clips, audio }, { name }, context) {
    context.signal.throwIfAborted()
    requireShots(shots, clips)
    if (audio) {
      requirePlanOfSound(shots, audio)
      requireOneClock(shots, audio)
    }
    const path = await context.artifacts.scratch('.mp4')
    const metadata = await context.provenance()
    const { sound, ...facts } = await joinMp4(
      { pieces: clips, ...(audio ? { audio } : {}), path, metadata },
      context.signal,
    )
    const file = await context.artifacts.adopt(path, fileNameOf(name, 'mp4'), 'video/mp4')
    const video = { file, ...facts }
    showVideo(video, context)
    if (sound === 'copied') {
      context.display({
        kind: 'note',
        code: 'sound_copied',
        text: 'The song is in the video as it is in its file, byte by byte.',
      })
    }
    return { video }
  },
})

/** @throws {AppError} `input_invalid` where the clips are not those of the plan. */
function requireShots({ shots, frameRate, frameCount }: Shots, clips: readonly VideoFile[]): void {
  const came = clips.reduce((sum, clip) => sum + clip.frameCount, 0)
  const otherRate = clips.find((clip) => clip.frameRate !== frameRate)
  if (came === frameCount && !otherRate) return
  const rate = otherRate?.frameRate ?? frameRate
  throw new AppError(
    'input_invalid',
    `The plan has ${shots.length} shots of ${frameCount} frames at ${frameRate} fps in all, and ${came} frames at ${rate} fps came: link all shots that Render shots makes of this plan, with Only shots left empty.`,
  )
}
