import { AppError, type Conditioning, defineNode, type ParamMeta } from '@beatloom/core'
import { familyOf } from '@beatloom/models'
import { z } from 'zod'
import { readSchedule, type ScheduleProblem, scheduleInSeconds } from './read-schedule.ts'

export const promptSchedule = defineNode({
  type: 'text.prompt-schedule',
  version: 1,
  title: 'Prompt schedule',
  description:
    'Words that change over time: each line begins with its moment, in seconds or bars. The camera goes on from where it is.',
  category: 'text',
  aliases: [
    'prompt travel',
    'keyframes',
    'timeline',
    'storyboard',
    'prompt over time',
    '提示词时间表',
    '关键帧',
    '分段提示词',
  ],
  phase: 'generate',
  usesDevice: true,
  inputs: {
    textEncoder: { type: 'TEXT_ENCODER', title: 'Text encoder' },
    beats: {
      type: 'BEATS',
      title: 'Beats',
      optional: true,
      description: 'Says when bars begin; needed only where a line names a bar.',
    },
  },
  outputs: { conditioning: { type: 'CONDITIONING', title: 'Conditioning' } },
  params: z.object({
    lines: z
      .string()
      .max(20_000)
      .default('0:00 zoom in\n0:04 pan left, the lights flash on the beat')
      .describe('One line for each change, such as "0:04 pan left" or "bar 3 the lights flash". # begins a remark.')
      .meta({ widget: 'multiline', title: 'Lines' } satisfies ParamMeta),
    negative: z
      .string()
      .max(4000)
      .default('')
      .describe('What should not happen at any time, such as "shaking camera" or "flicker".')
      .meta({ widget: 'multiline', title: 'Negative prompt' } satisfies ParamMeta),
    weight: z
      .number()
      .min(0.5)
      .max(1.5)
      .default(1)
      .describe('How much everything moves and lights up: 1 as the words say, 0.5 half of it.')
      .meta({ widget: 'slider', title: 'Prompt weight' } satisfies ParamMeta),
  }),
  check: ({ lines }) => readSchedule(lines).problems.map(({ message }) => ({ param: 'lines', message })),
  cost: () => ({ work: 0.6, memoryBytes: 30e6, diskBytes: 5e5 }),
  async run({ textEncoder, beats }, { lines, negative, weight }, { models, signal, display }) {
    signal.throwIfAborted()
    const read = readSchedule(lines)
    refuse(read.problems)
    const timed = scheduleInSeconds(read.prompts, beats ?? null)
    refuse(timed.problems)
    const { encodePrompt } = familyOf(textEncoder.family)
    const remarks = new Set<string>()
    const voices: { startSeconds: number; conditioning: Conditioning }[] = []
    for (const { startSeconds, words } of timed.prompts) {
      const encoded = await encodePrompt(models, textEncoder, { text: words, negative, weight }, signal)
      for (const remark of encoded.remarks) remarks.add(remark)
      voices.push({ startSeconds, conditioning: encoded.conditioning })
    }
    for (const remark of remarks) display({ kind: 'note', code: 'prompt', text: remark })
    const [first, ...later] = voices
    return {
      conditioning: {
        ...first!.conditioning,
        later: later.map(({ startSeconds, conditioning: { family: _, ...rest } }) => ({ startSeconds, ...rest })),
      },
    }
  },
})

function refuse([problem]: readonly ScheduleProblem[]): void {
  if (problem) throw new AppError('input_invalid', problem.message, { details: { problem: problem.code } })
}
