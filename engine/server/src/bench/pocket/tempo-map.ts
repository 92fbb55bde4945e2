/** Beats of a Standard MIDI File's tempo map (MIDI 1.0, "Standard MIDI Files"), seconds. */
export function beatsOfMidi(bytes: Uint8Array, untilSeconds: number): number[] {
  const { ticksPerBeat, tempi } = tempoMap(bytes)
  const beats: number[] = []
  let seconds = 0
  for (let beat = 0; seconds < untilSeconds; beat++) {
    seconds = secondsAt(beat * ticksPerBeat, ticksPerBeat, tempi)
    if (seconds < untilSeconds) beats.push(seconds)
  }
  return beats
}

interface Tempo {
  tick: number
  microsecondsPerBeat: number
}

function secondsAt(tick: number, ticksPerBeat: number, tempi: Tempo[]): number {
  let seconds = 0
  let last: Tempo = { tick: 0, microsecondsPerBeat: 500_000 }
  for (const tempo of tempi) {
    if (tempo.tick >= tick) break
    seconds += ((tempo.tick - last.tick) * last.microsecondsPerBeat) / ticksPerBeat / 1e6
    last = tempo
  }
  return seconds + ((tick - last.tick) * last.microsecondsPerBeat) / ticksPerBeat / 1e6
}

function tempoMap(bytes: Uint8Array): { ticksPerBeat: number; tempi: Tempo[] } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (view.getUint32(0) !== 0x4d546864) throw new Error('This is no MIDI file.')
  const tempi: Tempo[] = []
  for (let at = 8 + view.getUint32(4); at + 8 <= bytes.length; ) {
    const length = view.getUint32(at + 4)
    tempi.push(...tempiOfTrack(bytes.subarray(at + 8, at + 8 + length)))
    at += 8 + length
  }
  return { ticksPerBeat: view.getUint16(12), tempi: tempi.sort((a, b) => a.tick - b.tick) }
}

const META = 0xff
const SET_TEMPO = 0x51

function tempiOfTrack(track: Uint8Array): Tempo[] {
  const tempi: Tempo[] = []
  let at = 0
  const variable = (): number => {
    for (let value = 0; ; ) {
      const byte = track[at++] ?? 0
      value = value * 128 + (byte & 127)
      if (byte < 128) return value
    }
  }
  let tick = 0
  let status = 0
  while (at < track.length) {
    tick += variable()
    if (track[at]! >= 128) status = track[at++]!
    if (status === META) {
      const type = track[at++]
      const length = variable()
      const microsecondsPerBeat = (track[at]! << 16) | (track[at + 1]! << 8) | track[at + 2]!
      if (type === SET_TEMPO) tempi.push({ tick, microsecondsPerBeat })
      at += length
    } else if (status === 0xf0 || status === 0xf7) at += variable()
    else at += status >> 4 === 0xc || status >> 4 === 0xd ? 1 : 2
  }
  return tempi
}
