/** Names that a component's graph may use: what exporters write, and what each other name stands for. */
interface KnownPorts {
  inputs: readonly string[]
  outputs: readonly RegExp[]
}

const TEXT_ENCODER: KnownPorts = {
  inputs: ['input_ids', 'attention_mask', 'position_ids'],
  outputs: [/^(last_hidden_state|pooler_output|text_embeds|hidden_states(\.\d+)?)$/],
}
const TRANSFORMER: KnownPorts = {
  inputs: [
    ['hidden_states', 'timestep', 'encoder_hidden_states', 'encoder_attention_mask'],
    ['image_latents', 'motion_latents', 'pose_latents', 'audio_embeds', 'drop_motion_frames'],
    ['rotary_emb', 'temb', 'timestep_proj'],
    ['camera_states', 'image_embeds', 'matte', 'motion_strength'],
  ].flat(),
  outputs: [/^(out_hidden_states|sample|out_sample|output)$/],
}

const KNOWN: Record<string, KnownPorts> = {
  text_encoder: TEXT_ENCODER,
  text_encoder_2: TEXT_ENCODER,
  transformer: TRANSFORMER,
  transformer_2: TRANSFORMER,
  unet: {
    inputs: ['sample', 'timestep', 'encoder_hidden_states', 'timestep_cond', 'text_embeds', 'time_ids'],
    outputs: [/^(out_sample|sample)$/],
  },
  vae_encoder: { inputs: ['sample', 'skip'], outputs: [/^(latent_parameters|latent_sample)$/] },
  vae_decoder: { inputs: ['latent_sample', 'skip'], outputs: [/^(sample|frames)$/] },
  audio_encoder: {
    inputs: ['input_values', 'attention_mask'],
    outputs: [/^(hidden_states(\.\d+)?|last_hidden_state)$/],
  },
  image_encoder: { inputs: ['pixel_values'], outputs: [/^(image_embeds|matte|last_hidden_state)$/] },
}

/** Inputs by the dozen: weights of a LoRA, and what a causal VAE remembers of the frames before. */
const MANY = /lora|^cache\.\d+$/i

/** @returns the first input that nobody would know how to feed; null where there is none. */
export function unknownInput(component: string, inputs: readonly string[]): { name: string; known: string[] } | null {
  const ports = KNOWN[component]
  const name = ports && inputs.find((input) => !ports.inputs.includes(input) && !MANY.test(input))
  return ports && name !== undefined ? { name, known: [...ports.inputs] } : null
}

/** Whether one of the outputs is one that is read. */
export function hasKnownOutput(component: string, outputs: readonly string[]): boolean {
  const ports = KNOWN[component]
  return !ports || outputs.some((output) => ports.outputs.some((known) => known.test(output)))
}
