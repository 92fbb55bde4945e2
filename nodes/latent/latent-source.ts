import { AppError } from '@beatloom/core'
import type { PipelineFamily } from '@beatloom/models'

/**
 * What a person is told who took the wrong node for a kind of model: which one makes its latents.
 * @throws {AppError} `input_invalid`, always.
 */
export function refuseForOtherNode({ name, soundVideo, pictureVideo, emptyVideo, emptyLatent }: PipelineFamily): never {
  if (soundVideo) {
    throw new AppError(
      'input_invalid',
      `Models of the kind "${name}" follow a sound; take the latent from "Sound to video latent".`,
    )
  }
  if (emptyVideo) {
    throw new AppError(
      'input_invalid',
      pictureVideo
        ? `Models of the kind "${name}" make videos; take the latent from "Empty video latent" or "Picture to video latent".`
        : `Models of the kind "${name}" make videos from words; take the latent from "Empty video latent".`,
    )
  }
  if (pictureVideo) {
    throw new AppError(
      'input_invalid',
      `Models of the kind "${name}" begin with a picture; take the latent from "Picture to video latent".`,
    )
  }
  if (emptyLatent) {
    throw new AppError(
      'input_invalid',
      `Models of the kind "${name}" make pictures; take the latent from "Empty latent" or "VAE encode".`,
    )
  }
  throw new AppError(
    'input_invalid',
    `Models of the kind "${name}" animate a picture to a song; take the latent from "Song video latent".`,
  )
}
