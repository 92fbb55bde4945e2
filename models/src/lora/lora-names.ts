/** What a tensor of a LoRA file is: one of the two factors of a layer's change, or the number it is scaled by. */
export interface LoraTensorName {
  module: string
  part: 'down' | 'up' | 'alpha'
}

/** Layers of a Wan block in diffusers' spelling and in that of the original code (Wan-Video/Wan2.2, `wan/modules/model.py`). */
const ORIGINAL: Readonly<Record<string, string>> = {
  'attn1.to_q': 'self_attn.q',
  'attn1.to_k': 'self_attn.k',
  'attn1.to_v': 'self_attn.v',
  'attn1.to_out.0': 'self_attn.o',
  'attn2.to_q': 'cross_attn.q',
  'attn2.to_k': 'cross_attn.k',
  'attn2.to_v': 'cross_attn.v',
  'attn2.to_out.0': 'cross_attn.o',
  'ffn.net.0.proj': 'ffn.0',
  'ffn.net.2': 'ffn.2',
}

/** What trainers write before the module's path. */
const PREFIX =
  /^(?:base_model\.model\.|model\.|diffusion_model\.|transformer_2\.|transformer\.|unet\.|lora_unet_|lora_transformer_)+/
const PARTS: readonly [RegExp, LoraTensorName['part']][] = [
  [/\.lora(?:_A|_down|\.down)(?:\.default)?(?:\.weight)?$/, 'down'],
  [/\.lora(?:_B|_up|\.up)(?:\.default)?(?:\.weight)?$/, 'up'],
  [/\.alpha$/, 'alpha'],
]

/**
 * Reads the names of LoRA tensors as diffusers, the original code and kohya's trainers write them; the last put
 * underscores for the dots of the path.
 * @param modules the layers that can be changed, by diffusers' path.
 * @returns null for a tensor that belongs to none of them.
 */
export function loraNameReader(modules: Iterable<string>): (tensor: string) => LoraTensorName | null {
  const bySpelling = new Map<string, string>()
  for (const module of modules) {
    const [, block = '', layer = ''] = /^(blocks\.\d+\.)?(.*)$/.exec(module) ?? []
    for (const spelling of [module, block + (ORIGINAL[layer] ?? layer)]) {
      bySpelling.set(spelling.replaceAll('.', '_'), module)
    }
  }
  return (tensor) => {
    for (const [suffix, part] of PARTS) {
      if (!suffix.test(tensor)) continue
      const path = tensor.replace(suffix, '').replace(PREFIX, '')
      const module = bySpelling.get(path.replaceAll('.', '_'))
      return module === undefined ? null : { module, part }
    }
    return null
  }
}
