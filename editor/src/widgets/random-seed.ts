/** Up to ten digits: easy to read out, and far more than anybody will try. */
export function randomSeed(): string {
  return String(crypto.getRandomValues(new Uint32Array(1))[0])
}
