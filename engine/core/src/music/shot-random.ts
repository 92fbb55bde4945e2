/**
 * Chance that depends on words alone: the same for the same seed and place, and untouched by how many shots lie before.
 */

/** 32 bits of a text: FNV-1a, with the finaliser of MurmurHash3 so that near texts lie far apart. */
function hash32(text: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}

/** 0 … below 1. */
export const chance = (...words: (string | number)[]): number => hash32(words.join('/')) / 2 ** 32

/** A whole number in decimal, small enough to read. */
export const seedOf = (...words: (string | number)[]): string => String(hash32(words.join('/')) % 1_000_000_000)

/** Places that are no beat are named by their half second, so that they keep their chance when they move a little. */
export const timeBucket = (seconds: number): string => `t${Math.floor(2 * seconds)}`
