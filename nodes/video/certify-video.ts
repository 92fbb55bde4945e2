import { defineNode, type ParamMeta, type PlannedCuts, type Shots } from '@beatloom/core'
import { fileNameOf, readEmbedded, rewriteEmbedded } from '@beatloom/media'
import { z } from 'zod'
import { networkOrReason } from '../beats/detect-beats.ts'
import { certify } from './certify.ts'
import { showVideo } from './show-video.ts'

export const certifyVideo = defineNode({
  type: 'video.certify',
  version: 2,
  title: 'Sync certificate',
  description:
    'Decodes a finished video and measures whether picture and sound agree: frames, starts, cuts against the beat, silence, clipping. What it finds is shown, and written into the file.',
  category: 'Video',
  aliases: ['verify', 'check', 'sync', 'quality control', 'QC', '同步', '检查', '校验', '证书'],
  phase: 'encode',
  terminal: true,
  inputs: {
    video: { type: 'VIDEO', title: 'Video' },
    shots: { type: 'SHOTS', title: 'Plan', optional: true, description: 'Where it should be cut.' },
    audio: { type: 'AUDIO', title: 'Audio', optional: true, description: 'The song that its sound was made from.' },
  },
  outputs: { video: { type: 'VIDEO', title: 'Video', description: 'The same, with the certificate inside.' } },
  passThrough: { video: 'video' },
  params: z.object({
    name: z
      .string()
      .max(120)
      .default('')
      .describe('File name, without the ending; empty: as it is.')
      .meta({ title: 'Name' } satisfies ParamMeta),
  }),
  facts: ({ video }) => ({ video }),
  cost(_params, { video }) {
    const seconds = video?.durationSeconds
    if (seconds === undefined) return null
    // Measured 2026-11-23 on 2 cores: decoding at 720p and listening take a tenth of the video's length.
    return { work: 0.5 + 0.1 * seconds, memoryBytes: 150e6, diskBytes: 4e5 * seconds }
  },
  async run({ video, shots, audio }, { name }, context) {
    const { signal, artifacts, progress } = context
    signal.throwIfAborted()
    const carried = await readEmbedded(video.file.path)
    const { run: network } = await networkOrReason(context.models, signal)
    const certificate = await certify(
      {
        path: video.file.path,
        // Of a video from elsewhere nobody promised that it is exact.
        isOurs: carried !== null || shots !== undefined,
        ...(shots ? { planned: plannedCuts(shots) } : {}),
        ...(audio && video.hasAudio ? { song: audio } : {}),
        network,
        onProgress: progress,
      },
      signal,
    )
    context.display({ kind: 'certificate', certificate })
    const path = await artifacts.scratch('.mp4')
    const embedded = carried ?? (await context.provenance())
    await rewriteEmbedded(video.file.path, path, { ...embedded, certificate }, signal)
    const stem = name === '' ? video.file.name.replace(/\.mp4$/i, '') : name
    const certified = { ...video, file: await artifacts.adopt(path, fileNameOf(stem, 'mp4'), 'video/mp4') }
    showVideo(certified, context)
    return { video: certified }
  },
})

/** The hard cuts of a plan: shots that fade or go on from the one before have none. */
function plannedCuts({ frameRate, frameCount, shots }: Shots): PlannedCuts {
  const cuts = shots.slice(1).filter((shot) => !shot.continues && shot.fadeFrames === 0)
  return {
    ...{ frameRate, frameCount },
    cuts: cuts.map(({ startFrame, markSeconds, reason }) => ({ frame: startFrame, markSeconds, reason })),
  }
}
