import type { FileHandle, Image, NodeContext, NodeCost, ParamMeta, ValueFacts } from '@beatloom/core'
import { imageFacts, readImage } from '@beatloom/media'
import { z } from 'zod'
import { megapixels } from '../clip-pixels.ts'

export const longestSideParam = (usual = 4096) =>
  z
    .int()
    .min(64)
    .max(16_384)
    .default(usual)
    .describe('Larger pictures are scaled down to this many pixels on their longer side')
    .meta({ title: 'Longest side', unit: 'px', advanced: true } satisfies ParamMeta)

export interface OpenedPicture {
  image: Image
  file: FileHandle
  /** Its own size, pixels, where it was scaled down; else null. */
  scaledFrom: { width: number; height: number } | null
}

/**
 * Opens a picture file, turned upright, at most so large.
 * @throws {AppError} `file_missing`, `path_refused`, `media_unreadable` or `media_too_large`.
 */
export async function openPicture(
  reference: string,
  longestSide: number,
  { files, signal }: Pick<NodeContext, 'files' | 'signal'>,
): Promise<OpenedPicture> {
  const file = await files.resolve(reference)
  const { width, height } = await imageFacts(file.path, file.name)
  const image = await readImage(file.path, signal, { longestSide, name: file.name })
  return { image, file, scaledFrom: image.width < width ? { width, height } : null }
}

/** The size at which a picture is opened. */
export function scaledFacts({ width, height }: ValueFacts = {}, longestSide: number): ValueFacts | undefined {
  if (width === undefined || height === undefined) return undefined
  const scale = Math.min(1, longestSide / Math.max(width, height))
  const scaled = (side: number) => Math.max(1, Math.round(side * scale))
  return { width: scaled(width), height: scaled(height) }
}

/** What opening a picture of this size takes; null where the size is not known. */
export function loadCost(picture: ValueFacts | undefined): NodeCost | null {
  const pixels = megapixels(picture)
  return pixels === null
    ? null
    : { work: 0.1 + 0.08 * pixels, memoryBytes: 15e6 + 9e6 * pixels, diskBytes: 1e5 + 3e6 * pixels }
}
