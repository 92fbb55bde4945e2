import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { GENRE_SONGS, type GenreSong, SONG_SECONDS, scoreOf } from './genre-songs.ts'
import { genreSong } from './songs.ts'

/** Quarters that a bar of MMA's notes lasts: a length holds until the next one. */
function quartersOf(bar: string): number {
  let quarters = 0
  let length = 0
  for (const note of bar.split(';')) {
    const [, value, dot] = /^(\d*)(\.?)[a-gr][#&]?$/.exec(note)!
    if (value) length = (4 / Number(value)) * (dot ? 1.5 : 1)
    quarters += length
  }
  return quarters
}

describe.each(GENRE_SONGS.map((song): [string, GenreSong] => [song.genre, song]))('the %s song', (_, song) => {
  it('has bars as long as its meter says, one for each chord', () => {
    expect(song.melody).toHaveLength(song.chords.length)
    expect(song.melody.map(quartersOf)).toEqual(song.melody.map(() => song.meter))
  })
  it('lasts at least as long as it is played', () => {
    const score = scoreOf(song)
    const bars = score.split('\n').filter((line) => /^\d/.test(line))
    expect(bars[0]).toBe(`1 ${song.chords[0]} {${song.melody[0]};}`)
    expect((bars.length * song.meter * 60) / song.tempoBpm).toBeGreaterThan(SONG_SECONDS)
    expect(score).toContain(`Tempo ${song.tempoBpm}\nGroove ${song.groove}\n`)
  })
})

it('has at least five genres of which not even the style was heard', () => {
  expect(GENRE_SONGS.filter(({ styleHeard }) => !styleHeard).length).toBeGreaterThanOrEqual(5)
  expect(new Set(GENRE_SONGS.map(({ genre }) => genre)).size).toBe(GENRE_SONGS.length)
})

it('is measured in two stretches, each from a beat, with beats to its end', () => {
  const folder = mkdtempSync(join(tmpdir(), 'beatloom-songs-'))
  const midi = join(folder, 'swing.mid')
  // A header that says 192 ticks to the beat, and a tempo of 416,667 µs per beat.
  const header = [0x4d, 0x54, 0x68, 0x64, 0, 0, 0, 6, 0, 0, 0, 1, 0, 192]
  const track = [0, 0xff, 0x51, 3, 0x06, 0x5b, 0x9b, 0, 0xff, 0x2f, 0]
  writeFileSync(midi, Uint8Array.from([...header, 0x4d, 0x54, 0x72, 0x6b, 0, 0, 0, track.length, ...track]))
  const made = { ...GENRE_SONGS[0]!, path: 'swing.flac', midi }
  const [first, second] = [genreSong(made, 0), genreSong(made, 1)]
  expect(first).toMatchObject({ genre: 'swing', heard: 'not heard', start: 0 })
  expect(second.start).toBeGreaterThanOrEqual(SONG_SECONDS / 2)
  expect(second.beats).toContain(second.start)
  expect(second.beats[1]).toBeCloseTo(60 / 144, 5)
  expect(second.beats.at(-1)).toBeGreaterThan(SONG_SECONDS - 1)
  rmSync(folder, { recursive: true })
})
