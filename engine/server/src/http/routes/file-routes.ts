import { AppError } from '@beatloom/core'
import multipart from '@fastify/multipart'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Engine } from '../../engine.ts'
import { type FileFacts, mediaFacts, waveform } from '../../files/media-facts.ts'
import { uploadLimit } from '../../uploads/upload-limit.ts'
import { mediaFactsSchema, mediaKind } from '../schemas.ts'
import { sendFile } from '../send-file.ts'

/** Bars of a waveform on the page. */
const PEAK_COUNT = 600

export interface FileRouteOptions {
  engine: Engine
  maxUploadBytes: number
}

const fileFacts = z.object({ mime: z.string(), kind: mediaKind, facts: mediaFactsSchema })

/** A file that was taken in. */
export const assetSchema = fileFacts.extend({
  reference: z.string(),
  sha256: z.string(),
  name: z.string(),
  sizeBytes: z.number(),
  workflow: z.string().optional(),
})

/** Files in and out. */
export const fileRoutes: FastifyPluginAsyncZod<FileRouteOptions> = async (app, { engine, maxUploadBytes }) => {
  await app.register(multipart, {
    limits: { files: 1, fields: 8, fieldSize: 1024, fileSize: Number.POSITIVE_INFINITY },
  })
  app.post(
    '/assets',
    {
      schema: {
        consumes: ['multipart/form-data'],
        response: { 201: assetSchema },
      },
    },
    async (request, reply) => {
      if (!request.isMultipart()) throw noFile()
      const part = await request.file()
      if (!part) throw noFile()
      let found: FileFacts | null = null
      const { sha256, name, sizeBytes } = await engine.assets.receive(part.file, part.filename, {
        maxBytes: uploadLimit(part.filename, maxUploadBytes),
        check: async (path) => {
          found = await mediaFacts(path, part.filename)
        },
      })
      const reference = `assets/${sha256}/${name}`
      return reply.code(201).send({ reference, sha256, name, sizeBytes, ...(found as unknown as FileFacts) })
    },
  )

  app.route({
    method: ['GET', 'HEAD'],
    url: '/files/*',
    schema: { params: z.object({ '*': z.string() }), hide: false },
    handler: async (request, reply) => sendFile(request, reply, await engine.files.resolve(request.params['*'])),
  })

  app.get(
    '/file-facts',
    {
      schema: {
        querystring: z.object({ reference: z.string().max(500) }),
        response: { 200: fileFacts.extend({ peaks: z.array(z.number()).optional() }) },
      },
    },
    async ({ query: { reference } }) => {
      const file = await engine.files.resolve(reference)
      const key = `${file.sha256}/${file.name}`
      const known = engine.facts.get(key) as (FileFacts & { peaks?: number[] }) | null
      if (known) return known
      const found: FileFacts & { peaks?: number[] } = {
        ...(await mediaFacts(file.path, file.name)),
        workflow: undefined,
      }
      if (found.kind === 'audio') found.peaks = await waveform(file, PEAK_COUNT, AbortSignal.timeout(60_000))
      engine.facts.set(key, found)
      return found
    },
  )
}

const noFile = (): AppError =>
  new AppError('request_invalid', 'Send one file as multipart/form-data, in a field named "file".')
