/** What detection looks at: `model_index.json`, which components there are, and their `config.json`. */
export interface FamilyClues {
  index: Record<string, unknown>
  components: readonly string[]
  config(component: string): Record<string, unknown>
}

/** Which pipeline a model folder belongs to, by what lies in it; class names vary too much between exporters. */
export function detectFamily({ index, components, config }: FamilyClues): string {
  if (index['_class_name'] === 'BeatloomPocketPipeline') return 'pocket'
  if (index['_class_name'] === 'SelfieSegmentation') return 'subject-segmenter'
  const has = (component: string) => components.includes(component)
  if (has('transformer')) {
    const transformer = config('transformer')
    if (
      has('audio_encoder') &&
      (transformer['audio_dim'] !== undefined || /S2V|Speech/i.test(String(index['_class_name'])))
    ) {
      return 'wan-s2v'
    }
    if (index['expand_timesteps'] === true || transformer['in_channels'] === 48) return 'wan-ti2v'
    if (has('transformer_2') || typeof index['boundary_ratio'] === 'number') {
      return transformer['in_channels'] === 36 ? 'wan-i2v' : 'wan-t2v'
    }
  }
  if (has('unet')) return config('unet')['time_cond_proj_dim'] ? 'latent-consistency' : 'stable-diffusion'
  return 'unknown'
}
