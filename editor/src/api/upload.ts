import { ApiError, uploadAsset } from './client.ts'
import type { Asset } from './types.ts'

/** Smaller files go in one request; larger ones in pieces, so that a break costs a piece and not the file. */
const WHOLE_UP_TO_BYTES = 5e6
const PIECE_BYTES = 2 ** 20
const RETRY_MS = [0, 500, 1000, 2000, 4000, 8000, 16_000]

/** Sends a file whichever way suits its size, reporting the share sent, 0 … 1. */
export function sendFile(file: File, onProgress: (share: number) => void): Promise<Asset> {
  return file.size < WHOLE_UP_TO_BYTES ? uploadAsset(file, onProgress) : sendInPieces(file, onProgress)
}

/** Goes on where an earlier try of the same file stopped, also after the page was closed. */
async function sendInPieces(file: File, onProgress: (share: number) => void): Promise<Asset> {
  const { Upload } = await import('tus-js-client')
  return new Promise((resolve, reject) => {
    const upload = new Upload(file, {
      endpoint: '/api/v1/uploads',
      metadata: { filename: file.name, filetype: file.type },
      chunkSize: PIECE_BYTES,
      retryDelays: RETRY_MS,
      removeFingerprintOnSuccess: true,
      onProgress: (sent, total) => onProgress(total > 0 ? sent / total : 0),
      onSuccess: ({ lastResponse }) => {
        assetIn(lastResponse.getBody(), upload.url).then(resolve, reject)
      },
      onError: (error) => reject(asApiError(error)),
    })
    void upload.findPreviousUploads().then((earlier) => {
      const [first] = earlier
      if (first) upload.resumeFromPreviousUpload(first)
      upload.start()
    })
  })
}

/** What the file became: in the last answer, or asked for where that answer was lost on its way. */
async function assetIn(body: string, url: string | null): Promise<Asset> {
  if (body !== '') return JSON.parse(body) as Asset
  const answer = await fetch(`${url}/asset`)
  if (answer.ok) return (await answer.json()) as Asset
  throw new ApiError(0, 'internal', 'The server took the file and did not say under which name.')
}

/** The server's own sentence where it gave one. */
function asApiError(error: Error): ApiError {
  const response = 'originalResponse' in error ? (error.originalResponse as TusResponse | null) : null
  try {
    const { error: refusal } = JSON.parse(response?.getBody() ?? '')
    return new ApiError(response?.getStatus() ?? 0, refusal.code, refusal.message, refusal.details)
  } catch {
    return new ApiError(0, 'unreachable', 'The file could not be sent: the connection broke.')
  }
}

interface TusResponse {
  getStatus(): number
  getBody(): string
}
