import {
  type AudioClip,
  defineNode,
  isCancellation,
  known,
  type NodeContext,
  type ParamMeta,
  reasonOf,
} from '@beatloom/core'
import { readPcm } from '@beatloom/media'
import { z } from 'zod'
import { analyseBeats } from './analyse-beats.ts'
import type { Meter } from './bar-path.ts'
import { openBeatNetwork, type RunNetwork } from './beat-network.ts'
import { showBeats } from './show-beats.ts'

const SAMPLE_RATE = 44_100
/** Sound read before and after the clip: a tempo shows better in half a minute than in three seconds. */
const CONTEXT_SECONDS = 10
const METERS = { auto: [3, 4, 5, 7], '3': [3], '4': [4] } satisfies Record<string, Meter[]>

export const detectBeats = defineNode({
  type: 'beats.detect',
  version: 5,
  title: 'BeatDetect',
  description:
    'Finds the beats, bars and tempo of a sound, and how loud its bass, middle and treble are at each moment.',
  category: 'Audio',
  aliases: ['beat', 'tempo', 'bpm', 'onset', 'downbeat', 'rhythm', '节拍', '节奏'],
  phase: 'audio',
  converter: true,
  inputs: { audio: { type: 'AUDIO', title: 'Audio' } },
  outputs: { beats: { type: 'BEATS', title: 'Beats' } },
  params: z.object({
    tempoHint: z
      .number()
      .min(0)
      .max(300)
      .default(0)
      .describe('The tempo you expect, in beats per minute; 0 leaves it open. Settles half and double time.')
      .meta({ title: 'Tempo hint', unit: 'BPM' } satisfies ParamMeta),
    minTempo: z
      .number()
      .min(30)
      .max(250)
      .default(50)
      .describe('Slowest tempo to consider, in beats per minute.')
      .meta({ title: 'Slowest', unit: 'BPM', advanced: true } satisfies ParamMeta),
    maxTempo: z
      .number()
      .min(40)
      .max(300)
      .default(215)
      .describe('Fastest tempo to consider, in beats per minute.')
      .meta({ title: 'Fastest', unit: 'BPM', advanced: true } satisfies ParamMeta),
    // Not z.enum: it keeps its choices as an object's keys, and those that look like numbers would come first.
    meter: z
      .literal(['auto', '3', '4'])
      .default('auto')
      .describe('Beats per bar: found from the music, or given.')
      .meta({ title: 'Beats per bar', advanced: true } satisfies ParamMeta),
  }),
  check({ minTempo, maxTempo, tempoHint }) {
    if (minTempo >= maxTempo) {
      return [
        { param: 'maxTempo', message: `The fastest tempo (${maxTempo}) must be above the slowest (${minTempo}).` },
      ]
    }
    if (tempoHint !== 0 && (tempoHint < minTempo || tempoHint > maxTempo)) {
      return [{ param: 'tempoHint', message: `The hint must lie between ${minTempo} and ${maxTempo}, or be 0.` }]
    }
    return []
  },
  facts: ({ audio }) => ({ beats: known({ durationSeconds: audio?.durationSeconds }) }),
  cost(_params, { audio }) {
    const seconds = audio?.durationSeconds
    if (seconds === undefined) return null
    return {
      work: 0.2 + 0.02 * (seconds + CONTEXT_SECONDS),
      memoryBytes: 140e6 + 1e5 * seconds,
      diskBytes: 2e3 * seconds,
    }
  },
  async run({ audio }, { tempoHint, minTempo, maxTempo, meter }, { models, signal, progress, display, makeshift }) {
    const { clip, startSeconds } = withContext(audio)
    const steps = Math.ceil(clip.durationSeconds)
    const network = await networkOrReason(models, signal)
    const { beats, peaks, networkFailure } = await analyseBeats(
      readPcm(clip, { sampleRate: SAMPLE_RATE, channels: 1 }, signal),
      {
        sampleRate: SAMPLE_RATE,
        durationSeconds: audio.durationSeconds,
        startSeconds,
        fromBeginning: clip.startSeconds === 0,
        tempoHint,
        minTempo,
        maxTempo,
        meters: METERS[meter],
        network: network.run,
        signal,
        onProgress: (seconds) => progress(Math.min(steps, Math.round(seconds)), steps),
      },
    )
    progress(steps, steps)
    display(showBeats(beats, peaks))
    const failure = network.failure ?? networkFailure
    if (failure !== undefined) {
      // With the network there again, a run is to hear with it.
      makeshift?.()
      display({
        kind: 'note',
        code: 'beats_without_network',
        text: `The network that hears beats could not be used, so they were worked out from onsets alone, which mistakes off-beats and half or double time more often: ${reasonOf(failure)}`,
      })
    }
    if (beats.tempoBpm === null) {
      display({
        kind: 'note',
        code: 'no_beat',
        text: 'No steady beat was found in this sound, so nothing will move on a beat.',
      })
    }
    return { beats }
  },
})

/** The network, or why there is none: the onsets alone give beats too, so a missing network stops nobody. */
export async function networkOrReason(
  models: NodeContext['models'],
  signal: AbortSignal,
): Promise<{ run?: RunNetwork; failure?: unknown }> {
  try {
    return { run: await openBeatNetwork(models, signal) }
  } catch (failure) {
    if (isCancellation(failure)) throw failure
    return { failure }
  }
}

/** The clip with what sounds around it, and where the clip itself begins in that. */
export function withContext(audio: AudioClip): { clip: AudioClip; startSeconds: number } {
  const lead = Math.min(CONTEXT_SECONDS, audio.startSeconds)
  // A clip that ends in padding ends with the file; there is nothing after it to hear.
  const tail = audio.soundSeconds < audio.durationSeconds ? 0 : CONTEXT_SECONDS
  return {
    startSeconds: lead,
    clip: {
      ...audio,
      startSeconds: audio.startSeconds - lead,
      durationSeconds: lead + audio.durationSeconds + tail,
      soundSeconds: lead + audio.soundSeconds + tail,
    },
  }
}
