/** A latent pixel stands for a square of so many picture pixels. */
export const PIXELS_PER_LATENT = 8
export const LATENT_CHANNELS = 4
/** CLIP reads so many tokens, start and end among them. */
export const TEXT_TOKENS = 77
/** What latents are multiplied by so that they vary by about 1 (Rombach et al. 2022), where the VAE's config is silent. */
export const SCALING_FACTOR = 0.18215
/** Guidance of the published pipeline, where the workflow says nothing. */
export const GUIDANCE = 7.5
export const CONSISTENCY_GUIDANCE = 8.5
