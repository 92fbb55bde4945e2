import { join } from 'node:path'
import type { Measure } from '../measure.ts'
import type { Footage } from './footage.ts'
import { LANGUAGES, ON_THE_BEAT, STILL } from './prompts.ts'
import { type BeatScores, scoreBeats, visualChange } from './rhythm.ts'
import { attacksIn, beatsWithin, genreSong, SAMPLE_SONG, type Song, songOf, writeSilence } from './songs.ts'
import { mean, type Stage } from './stage.ts'

const SECONDS = 8
const FRAME_RATE = 30

interface FilmedSong {
  song: Song
  footage: Footage
  scores: BeatScores
}

/** Light against the beats of known songs, with the nulls that must come out worse. */
export async function* beatBench(stage: Stage): AsyncGenerator<Measure> {
  const recordings = stage.quick ? stage.media.recordings.slice(0, 1) : stage.media.recordings
  const songs = [SAMPLE_SONG]
  for (const recording of recordings) songs.push(await songOf(recording))
  const filmed: FilmedSong[] = []
  for (const song of songs) {
    for (const language of stage.quick ? LANGUAGES.slice(0, 1) : LANGUAGES) {
      filmed.push(await filmSong(stage, song, ON_THE_BEAT[language]))
    }
  }
  yield* byGenre(filmed)
  yield* nulls(stage, filmed)
}

/** The same with genres that are in no training; two stretches of each song, one in each language. */
export async function* genreBench(stage: Stage): AsyncGenerator<Measure> {
  const filmed: FilmedSong[] = []
  for (const made of stage.quick ? stage.media.genres.slice(0, 1) : stage.media.genres) {
    for (const [index, language] of (stage.quick ? LANGUAGES.slice(0, 1) : LANGUAGES).entries()) {
      filmed.push(await filmSong(stage, genreSong(made, index), ON_THE_BEAT[language]))
    }
  }
  yield* byGenre(filmed)
  const unheard = filmed.filter(({ song }) => song.heard === 'not heard')
  if (unheard.length === 0 || stage.quick) return
  yield* genreMeasures(
    `beat, all ${new Set(unheard.map(({ song }) => song.genre)).size} genres not heard`,
    unheard.map(({ scores }) => scores),
  )
}

async function filmSong(stage: Stage, song: Song, prompt: string): Promise<FilmedSong> {
  const footage = await stage.film(`${song.name}: ${prompt}`, orderFor(song, prompt))
  const scores = await scoresOf(footage, song)
  stage.note(`${song.name} (${song.genre}; ${song.heard}): ${prompt}`, inWords(scores))
  return { song, footage, scores }
}

function* byGenre(filmed: FilmedSong[]): Generator<Measure> {
  for (const genre of new Set(filmed.map(({ song }) => song.genre))) {
    const ofGenre = filmed.filter(({ song }) => song.genre === genre)
    yield* genreMeasures(
      `beat, ${genre} (${ofGenre[0]!.song.heard})`,
      ofGenre.map(({ scores }) => scores),
    )
  }
}

function* genreMeasures(name: string, scores: BeatScores[]): Generator<Measure> {
  const of = (value: (score: BeatScores) => number) => mean(scores.map(value))
  yield { name: `${name}: beats hit`, value: of(({ hit }) => hit), unit: '', aim: 0.9, atLeast: true }
  const corrected = of(({ hit, nullHit }) => hit - nullHit)
  yield { name: `${name}: beats hit, less the null`, value: corrected, unit: '', aim: 0.6, atLeast: true }
  yield { name: `${name}: contrast`, value: of(({ contrast }) => contrast), unit: '', aim: 2.5, atLeast: true }
  const lag = Math.max(...scores.map((score) => Math.abs(score.lag)))
  yield { name: `${name}: largest lag, frames`, value: lag, unit: '', aim: 1 }
  yield {
    name: `${name}: beat alignment, picture to beat`,
    value: of(({ alignment }) => alignment),
    unit: '',
    aim: null,
  }
  const nullAlignment = of((score) => score.nullAlignment)
  yield { name: `${name}: beat alignment at random phase`, value: nullAlignment, unit: '', aim: null }
  yield { name: `${name}: AV-Align, both ways`, value: of(({ avAlign }) => avAlign), unit: '', aim: null }
}

async function* nulls(stage: Stage, filmed: { song: Song; footage: Footage }[]): AsyncGenerator<Measure> {
  const less = ({ hit, nullHit }: BeatScores) => hit - nullHit
  if (filmed.some(({ song }) => song !== SAMPLE_SONG)) {
    // Every clip against the beats of another song.
    const swapped = filmed.map(({ footage, song }) => ({
      footage,
      song: filmed.find((other) => other.song !== song)!.song,
    }))
    const scores = await Promise.all(swapped.map(({ footage, song }) => scoresOf(footage, song)))
    yield { name: 'beat, sound swapped: hit less the null', value: mean(scores.map(less)), unit: '', aim: 0.2 }
    const contrast = mean(scores.map((score) => score.contrast))
    yield { name: 'beat, sound swapped: contrast', value: contrast, unit: '', aim: null }
  }
  const silence = join(stage.scratch, 'silence.wav')
  await writeSilence(silence)
  const order = { ...orderFor(SAMPLE_SONG, ON_THE_BEAT.en), song: silence }
  const silent = await scoresOf(await stage.film(`silence: ${ON_THE_BEAT.en}`, order), SAMPLE_SONG)
  yield { name: 'beat, silence: hit less the null', value: less(silent), unit: '', aim: 0.2 }
  const prompt = STILL[0]!.en
  const still = await scoresOf(await stage.film(`sample song: ${prompt}`, orderFor(SAMPLE_SONG, prompt)), SAMPLE_SONG)
  yield { name: 'beat, still prompt: contrast (1 is none)', value: still.contrast, unit: '', aim: 1.3 }
}

const orderFor = (song: Song, prompt: string) => ({ prompt, song: song.path, start: song.start, duration: SECONDS })

async function scoresOf(footage: Footage, song: Song): Promise<BeatScores> {
  const attacks = await attacksIn(song, song.start, SECONDS)
  return scoreBeats(visualChange(footage), attacks, beatsWithin(song, song.start, SECONDS), FRAME_RATE)
}

function inWords({ hit, nullHit, contrast, lag, alignment, nullAlignment, avAlign }: BeatScores): string {
  const number = (value: number) => value.toFixed(2)
  const alignments = `alignment ${number(alignment)} (null ${number(nullAlignment)}), AV-Align ${number(avAlign)}`
  return `hit ${number(hit)} (null ${number(nullHit)}), contrast ${number(contrast)}, lag ${lag}, ${alignments}`
}
