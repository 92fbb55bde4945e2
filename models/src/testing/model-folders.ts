/** The random models of the tests, put together from the parts that they share. */
import { cp, mkdir } from 'node:fs/promises'
import { join } from 'node:path'

export type TinyWan = 'tiny-wan-t2v' | 'tiny-wan-i2v' | 'tiny-wan-ti2v' | 'tiny-wan-s2v'
export type TinyDiffusion = 'tiny-stable-diffusion' | 'tiny-latent-consistency'

const T2V_PARTS = ['text_encoder', 'tokenizer', 'vae_encoder', 'vae_decoder']

/** Where a kind takes its other parts from, and which. */
const SHARED: Record<TinyWan | TinyDiffusion, { from: string; parts: readonly string[] }> = {
  'tiny-wan-t2v': { from: 'tiny-wan-t2v', parts: [] },
  'tiny-wan-i2v': { from: 'tiny-wan-t2v', parts: T2V_PARTS },
  'tiny-wan-ti2v': { from: 'tiny-wan-t2v', parts: ['text_encoder', 'tokenizer'] },
  'tiny-wan-s2v': { from: 'tiny-wan-t2v', parts: T2V_PARTS },
  'tiny-stable-diffusion': { from: 'tiny-stable-diffusion', parts: [] },
  'tiny-latent-consistency': { from: 'tiny-stable-diffusion', parts: T2V_PARTS },
}

/**
 * Writes a whole model folder.
 * @param models where models lie; @param name of the new one there.
 */
export async function makeTinyWan(kind: TinyWan, models: string, name: string = kind): Promise<void> {
  await make(kind, join(models, name))
}

export async function makeTinyDiffusion(kind: TinyDiffusion, models: string, name: string = kind): Promise<void> {
  await make(kind, join(models, name))
}

async function make(kind: TinyWan | TinyDiffusion, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true })
  await cp(join(import.meta.dirname, kind), folder, { recursive: true })
  const { from, parts } = SHARED[kind]
  for (const part of parts) await cp(join(import.meta.dirname, from, part), join(folder, part), { recursive: true })
}
