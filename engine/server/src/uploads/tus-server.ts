import { stat, statfs } from 'node:fs/promises'
import { AppError, type ErrorCode, reportOf } from '@beatloom/core'
import type { Server } from '@tus/server'
import type { Engine } from '../engine.ts'
import { asDiskFull, uploadTooLarge } from '../files/content-store.ts'
import { mediaFacts } from '../files/media-facts.ts'
import { HTTP_STATUS } from '../http/error-status.ts'
import { type Asset, UPLOAD_LIFE_MS, type UploadFolder } from './upload-folder.ts'
import { announcedName, uploadLimit } from './upload-limit.ts'

export interface TusOptions {
  engine: Engine
  folder: UploadFolder
  maxUploadBytes: number
  path: string
}

/** The response header that names a finished upload's file, percent-encoded. */
export const ASSET_HEADER = 'Upload-Asset'
/** With less than this left, a write that failed did so for want of room. */
const NO_ROOM_BYTES = 2 ** 20

/** The resumable upload protocol (tus 1.0), with Beatloom's checks and sentences. Its libraries load with this call. */
export async function createTusServer({ engine, folder, maxUploadBytes, path }: TusOptions): Promise<Server> {
  const [{ Server: TusServer }, { FileStore }] = await Promise.all([import('@tus/server'), import('@tus/file-store')])
  await folder.make()
  const bodyOf = (error: unknown): { status_code: number; body: string } => {
    const report = reportOf(error)
    return { status_code: HTTP_STATUS[report.code], body: JSON.stringify({ error: engine.view.error(report) }) }
  }
  const datastore = new FileStore({ directory: folder.path, expirationPeriodInMilliseconds: UPLOAD_LIFE_MS })
  const announcedLimit = ({ headers }: Request): number =>
    uploadLimit(announcedName(headers.get('upload-metadata')), maxUploadBytes)
  return new TusServer({
    path,
    datastore,
    async maxSize(request, id) {
      // Only the request that begins an upload names the file.
      if (id === null || request.method === 'POST') return announcedLimit(request)
      const { metadata } = await datastore.getUpload(id)
      return uploadLimit(metadata?.filename ?? '', maxUploadBytes)
    },
    relativeLocation: true,
    // Foreign pages are refused before this is asked; there is nobody else to allow.
    allowedOrigins: () => false,
    exposedHeaders: [ASSET_HEADER],
    async onUploadCreate(_request, { size = 0 }) {
      await folder.tidy()
      if (size > (await freeBytes(folder.path))) throw asDiskFull({ code: 'ENOSPC' })
      return {}
    },
    async onUploadFinish(_request, upload) {
      try {
        const asset = await letIn(engine, upload.storage?.path ?? '', upload.metadata?.filename ?? '')
        await folder.keepAsset(upload.id, asset)
        const headers = { [ASSET_HEADER]: encodeURIComponent(asset.reference), 'Content-Type': 'application/json' }
        return { status_code: 200, headers, body: JSON.stringify(asset) }
      } finally {
        await folder.drop(upload.id)
      }
    },
    async onResponseError(request, error) {
      if ('status_code' in error) return bodyOf(await inOurWords(error, folder.path, announcedLimit(request)))
      const known = asDiskFull(error)
      if (known instanceof AppError) return bodyOf(known)
      process.stderr.write(`upload: ${error.stack ?? error.message}\n`)
      return bodyOf(new AppError('internal', 'Something went wrong inside Beatloom; its output says what.'))
    },
  })
}

/** Looks at a whole file as at any other upload, and moves it in. */
async function letIn(engine: Engine, path: string, givenName: string): Promise<Asset> {
  const facts = await mediaFacts(path, givenName || 'file')
  const { size: sizeBytes } = await stat(path)
  const { sha256, name } = await engine.assets.moveIn(path, givenName)
  return { reference: `assets/${sha256}/${name}`, sha256, name, sizeBytes, ...facts }
}

const REASONS: Record<number, { code: ErrorCode; message: string }> = {
  400: { code: 'request_invalid', message: 'The request is not right: its upload headers do not say what is needed.' },
  403: { code: 'request_invalid', message: 'The request is not right: this upload cannot be changed that way.' },
  404: { code: 'not_found', message: 'There is no such upload; it was finished, given up, or never begun.' },
  409: { code: 'request_invalid', message: 'The upload stands elsewhere: ask where, and go on from there.' },
  410: { code: 'not_found', message: 'There is no such upload any more; begin it anew.' },
  423: { code: 'request_invalid', message: 'Another request is writing to this upload; wait for it to end.' },
}

async function inOurWords(error: { status_code: number }, path: string, maxBytes: number): Promise<AppError> {
  if (error.status_code === 413) return uploadTooLarge(maxBytes)
  const reason = REASONS[error.status_code]
  if (reason) return new AppError(reason.code, reason.message)
  if ((await freeBytes(path)) < NO_ROOM_BYTES) return asDiskFull({ code: 'ENOSPC' }) as AppError
  return new AppError('internal', 'The piece could not be written; send it again.')
}

async function freeBytes(path: string): Promise<number> {
  const { bavail, bsize } = await statfs(path)
  return bavail * bsize
}
