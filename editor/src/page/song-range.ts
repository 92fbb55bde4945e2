interface Stretch {
  from: number
  to: number
}

/**
 * Where the used stretch goes when a grip moves: the left grip carries the whole stretch along, the right one changes
 * its length within the allowed range. Times in seconds; the stretch stays inside the song.
 */
export function moveRange(
  now: Stretch,
  wanted: Stretch,
  songSeconds: number,
  limits: { min: number; max: number },
): { start: number; duration: number } {
  const length = now.to - now.from
  if (wanted.from !== now.from) {
    const start = Math.max(0, Math.min(wanted.from, songSeconds - length))
    return { start, duration: length }
  }
  const longest = Math.min(limits.max, songSeconds - now.from)
  const shortest = Math.min(limits.min, longest)
  return { start: now.from, duration: Math.min(longest, Math.max(shortest, wanted.to - now.from)) }
}
