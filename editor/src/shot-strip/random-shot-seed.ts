/** A seed of a shot has up to 15 digits, which a number holds in full. */
const SEEDS = 10 ** 15

export function randomShotSeed(): string {
  const [high = 0, low = 0] = crypto.getRandomValues(new Uint32Array(2))
  return String((high * 2 ** 21 + (low >>> 11)) % SEEDS)
}
