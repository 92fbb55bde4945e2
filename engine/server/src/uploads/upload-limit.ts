/**
 * Weights are larger than pictures, songs and videos: a LoRA of rank 128 for all layers of a network of 14 billion
 * parameters has 1.2 GB in half floats.
 */
const MAX_WEIGHTS_BYTES = 4 * 2 ** 30

/** How much of a file of that name is taken, when of pictures, sounds and videos it is `mediaBytes`. */
export const uploadLimit = (name: string, mediaBytes: number): number =>
  /\.safetensors$/i.test(name) ? Math.max(MAX_WEIGHTS_BYTES, mediaBytes) : mediaBytes

/** The file's name in the metadata of a tus request: pairs of a key and a value in base64, between commas. */
export function announcedName(metadata: string | null): string {
  const [, value = ''] = /(?:^|,)\s*filename ([^,\s]+)/.exec(metadata ?? '') ?? []
  return Buffer.from(value, 'base64').toString()
}
