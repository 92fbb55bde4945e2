import { AppError, type Image, type Mask, type Shot, type Shots } from '@beatloom/core'
import { aspectOf, cropFraming, type View } from './crop-framing.ts'

/** The first shot of the scene that a shot goes on: itself after a cut. */
export function sceneStart({ shots }: Shots, index: number): number {
  let first = index
  while (first > 0 && shots[first]?.continues) first--
  return first
}

/**
 * What a shot shows of which picture. One that goes on from the shot before shows the same in the same way.
 * @throws {AppError} `input_invalid` when there is no picture.
 */
export function sceneView(
  shots: Shots,
  index: number,
  images: readonly Image[],
  masks: readonly Mask[],
): Promise<View> {
  const scene = shots.shots[sceneStart(shots, index)] as Shot
  const place = scene.picture % Math.max(1, images.length)
  const picture = images[place]
  if (!picture) throw new AppError('input_invalid', 'There is no picture for the shots: link at least one.')
  return cropFraming(picture, masks[place], { framing: scene.framing, aspect: aspectOf(images) })
}
