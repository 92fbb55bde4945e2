import { workflowSchema } from '@beatloom/core'
import { z } from 'zod'

/** Read by the core's own reader, which says more than a schema can; described here for those who write clients. */
const workflow = z.unknown().meta({
  ...z.toJSONSchema(workflowSchema, { io: 'input', unrepresentable: 'any' }),
  description: 'A workflow file',
})

const names = z.array(z.string().max(500)).max(10_000)

export const requestBody = z.object({
  workflow,
  inputs: z.record(z.string(), z.unknown()).default({}).describe('Values of declared inputs, by name'),
  outputs: names.optional().describe('Declared outputs wanted; all when left out'),
  nodes: names.optional().describe('Run to these nodes instead of to outputs'),
})

export const runBody = requestBody.extend({
  title: z.string().max(200).optional(),
  next: z.boolean().optional().describe('Ahead of all that waits'),
  previews: z.boolean().optional().describe('False: no pictures of what forms while nodes work'),
  tryAnyway: z
    .boolean()
    .optional()
    .describe('True: begin even what the quote refuses, which is answered with 422 or 507 and its code otherwise'),
})

export const issueSchema = z.object({
  severity: z.enum(['error', 'warning']),
  code: z.string(),
  message: z.string(),
  node: z.string().optional(),
  port: z.string().optional(),
  param: z.string().optional(),
  valid: z.array(z.string()).optional(),
})

export const plannedNodeSchema = z.object({
  node: z.string(),
  action: z.enum(['run', 'cached', 'unneeded']),
  reason: z.string(),
  seconds: z.number().describe('What it usually takes on this machine when it has to run'),
})

const portFacts = z.object({
  width: z.number().optional(),
  height: z.number().optional(),
  frameRate: z.number().optional(),
  frameCount: z.number().optional(),
  durationSeconds: z.number().optional(),
  sampleRate: z.number().optional(),
  channels: z.number().optional(),
  bpm: z.number().optional(),
  hasAudio: z.boolean().optional(),
  value: z.union([z.string(), z.number(), z.boolean()]).optional(),
})

export const factsSchema = z
  .record(z.string(), z.record(z.string(), portFacts))
  .describe('What is known of each output before the run, by node and port; what is not known is absent')

export const quoteSchema = z
  .object({
    seconds: z.tuple([z.number(), z.number()]).describe('Shortest and longest'),
    memoryBytes: z.number().describe('At its peak, all processes together'),
    diskBytes: z.number(),
    run: z.number().describe('Nodes that would run'),
    cached: z.number().describe('Nodes whose results are there already'),
    shots: z
      .array(z.object({ count: z.number(), missing: z.array(z.number()) }))
      .optional()
      .describe('Of each loop over shots: how many there are, and the numbers, from 1, of those that would be made'),
    refusal: z
      .object({
        code: z.enum(['not_enough_memory', 'not_enough_disk', 'input_invalid']),
        message: z.string(),
        node: z.string().optional(),
        param: z.string().optional(),
        nearest: z.unknown().optional().describe('The value of that param nearest to the one asked for that fits'),
      })
      .optional()
      .describe('Why the run cannot be done here'),
  })
  .nullable()
  .describe('What the run would take; null while the workflow cannot run')

const fileSchema = z.object({ sha256: z.string(), name: z.string(), url: z.string().nullable() })

const errorReport = z.object({
  code: z.string(),
  message: z.string(),
  node: z.string().optional(),
  details: z.record(z.string(), z.unknown()).optional(),
})

export const runState = z.enum(['queued', 'running', 'done', 'failed', 'cancelled', 'interrupted'])

export const runSummarySchema = z.object({
  id: z.string(),
  title: z.string(),
  state: runState,
  createdAt: z.string(),
  startedAt: z.string().nullable(),
  finishedAt: z.string().nullable(),
  seconds: z.number().nullable(),
  outputs: z.array(
    z.object({
      name: z.string(),
      type: z.string(),
      file: fileSchema.optional(),
      mime: z.string().optional(),
      value: z.union([z.string(), z.number(), z.boolean()]).optional(),
    }),
  ),
  error: errorReport.nullable(),
  lastSeq: z.number(),
  inputs: z.record(z.string(), z.unknown()),
})

export const errorAnswer = z.object({ error: errorReport })

export const mediaFactsSchema = z.looseObject({
  width: z.number().optional(),
  height: z.number().optional(),
  durationSeconds: z.number().optional(),
  sampleRate: z.number().optional(),
  channels: z.number().optional(),
})

export const mediaKind = z.enum(['image', 'audio', 'video', 'workflow', 'weights'])

export const idParam = z.object({ id: z.string().max(200) })
