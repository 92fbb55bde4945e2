/** A song that the bench has MMA write (MMA 21, GPL; what it generates is its user's) and fluidsynth play. */
export interface GenreSong {
  genre: string
  /** First groove of one of MMA's own styles. */
  groove: string
  tempoBpm: number
  /** Quarter notes in a bar. */
  meter: 3 | 4
  /** A chord for each bar, over and over. */
  chords: string[]
  /** Who plays the melody (General MIDI, in MMA's words) and a bar of it for each chord, in MMA's notes. */
  voice: string
  melody: string[]
  /**
   * Whether another song in this style, through another soundfont, with another tempo and no melody, was among the
   * training's (models/training/songs.py decides which styles were held out).
   */
  styleHeard: boolean
}

export const SONG_SECONDS = 30

export const GENRE_SONGS: GenreSong[] = [
  {
    genre: 'swing',
    groove: 'Swing',
    tempoBpm: 144,
    meter: 4,
    chords: ['Dm7', 'G7', 'CM7', 'A7'],
    voice: 'TenorSax',
    melody: ['4a;8f;e;4d;f', '4b;8a;g;2f', '4e;g;8b;a;4g', '2c#;4e;g'],
    styleHeard: false,
  },
  {
    genre: 'bossa nova',
    groove: 'BossaNova',
    tempoBpm: 128,
    meter: 4,
    chords: ['FM7', 'Gm7', 'C7', 'FM7'],
    voice: 'Flute',
    melody: ['4.a;8c;4.a;8g', '4.b&;8a;2g', '8e;4g;8b&;2a', '2a;2r'],
    styleHeard: true,
  },
  {
    genre: 'bolero',
    groove: 'SlowBolero',
    tempoBpm: 98,
    meter: 4,
    chords: ['Am', 'Dm', 'E7', 'Am'],
    voice: 'MutedTrumpet',
    melody: ['4e;8c;d;4e;a', '4f;8e;d;2f', '4g#;8b;a;4g#;e', '2a;2r'],
    styleHeard: false,
  },
  {
    genre: 'waltz',
    groove: 'FrenchWaltz',
    tempoBpm: 132,
    meter: 3,
    chords: ['C', 'G7', 'G7', 'C'],
    voice: 'Violin',
    melody: ['2e;4g', '2f;4d', '4b;d;f', '2.e'],
    styleHeard: false,
  },
  {
    genre: 'ballad',
    groove: 'PopBallad',
    tempoBpm: 84,
    meter: 4,
    chords: ['G', 'Em', 'C', 'D'],
    voice: 'Oboe',
    melody: ['2b;4d;b', '2g;4b;e', '4e;g;2c', '4f#;a;2d'],
    styleHeard: false,
  },
  {
    genre: 'disco',
    groove: 'BoneyM',
    tempoBpm: 118,
    meter: 4,
    chords: ['Em', 'C', 'G', 'D'],
    voice: 'SynthBrass1',
    melody: ['8e;e;4g;8e;e;4b', '8c;c;4e;8g;e;4c', '8g;g;4b;8d;b;4g', '4d;f#;4a;r'],
    styleHeard: true,
  },
  {
    genre: 'jazz rock',
    groove: 'JazzRock',
    tempoBpm: 110,
    meter: 4,
    chords: ['Am7', 'Am7', 'D7', 'Em7'],
    voice: 'DistortonGuitar',
    melody: ['8a;c;d;e;4g;e', '8e;d;c;a;2a', '8f#;a;c;d;4f#;d', '4e;g;8b;g;4e'],
    styleHeard: false,
  },
  {
    genre: 'zydeco',
    groove: 'Zydeco',
    tempoBpm: 124,
    meter: 4,
    chords: ['A', 'D', 'E7', 'A'],
    voice: 'Accordion',
    melody: ['8a;c#;e;c#;4a;e', '8d;f#;a;f#;4d;a', '8e;g#;b;g#;4e;d', '4c#;e;2a'],
    styleHeard: false,
  },
]

/** MMA's text for a song that lasts a little longer than `SONG_SECONDS`. */
export function scoreOf({ groove, tempoBpm, meter, chords, voice, melody }: GenreSong): string {
  const bars = Math.ceil(((SONG_SECONDS + 2) * tempoBpm) / 60 / meter)
  const lines = Array.from(
    { length: bars },
    (_, bar) => `${bar + 1} ${chords[bar % chords.length]} {${melody[bar % melody.length]};}`,
  )
  const solo = ['Begin Solo', `  Voice ${voice}`, '  Octave 5', '  Articulate 85', 'End']
  // MMA varies volumes and times at random: the same way every time.
  return ['RndSeed 7', `Tempo ${tempoBpm}`, `Groove ${groove}`, ...solo, ...lines, ''].join('\n')
}
