import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { encodeImage } from '@beatloom/media'
import type { Measure } from '../measure.ts'
import { flashCard } from './flash-card.ts'
import { type Flashes, flashesIn } from './flashes.ts'
import { IN_WORDS, type Language, LIGHTS } from './prompts.ts'
import { drawSmall, openSampler } from './sampled-light.ts'
import { SAMPLE_SONG, writeFastSong } from './songs.ts'
import { CLIP_SECONDS, SAMPLE_PICTURE, type Stage } from './stage.ts'

/** Of each language and picture, on encoded files. */
const WORST = 3

interface Found {
  prompt: string
  picture: string
  flashes: Flashes
}

/** Every template, driver phrase and strong word about light that the model was taught (models/training/light_prompts.py). */
const LIGHT_PROMPTS = JSON.parse(readFileSync(new URL('./light-prompts.json', import.meta.url), 'utf8')) as Record<
  Language,
  string[]
>

/**
 * That no words about light flash more than three times a second, in luminance or red, with a song of 200 BPM and strong
 * motion. All of them as the decoder draws them at a quarter of 480p, on the sample picture and on a card made to
 * flash; the worst as encoded files.
 */
export async function* flashBench(stage: Stage, language: Language): AsyncGenerator<Measure> {
  if (stage.quick && language !== 'en') return
  const fast = join(stage.scratch, `fast-${language}.wav`)
  await writeFastSong(fast)
  const strong = LIGHTS.map((words) => words[language])
  // Found on the way: which prompt on which picture, the worst first.
  let found: Found[] = []
  if (stage.quick) {
    found = strong.slice(0, 3).map((prompt) => ({ prompt, picture: SAMPLE_PICTURE, flashes: NONE }))
  } else {
    const prompts = [...new Set([...strong, ...LIGHT_PROMPTS[language]])]
    found = await drawn(stage, prompts, fast)
    yield* measures(`${IN_WORDS[language]} light prompts drawn small, 200 BPM`, found)
    const toSong = await drawn(stage, strong, SAMPLE_SONG.path)
    yield* measures(`${IN_WORDS[language]} light prompts drawn small, the sample song`, toSong)
    for (const { prompt, picture, flashes } of found) {
      const most = Math.max(flashes.general, flashes.red)
      if (most >= 2) stage.note(`${prompt} (${pictureName(picture)}, drawn small)`, inWords(flashes))
    }
  }
  const encoded: Found[] = []
  for (const { prompt, picture } of byPicture(found).flatMap((ofPicture) => ofPicture.slice(0, WORST))) {
    const label = `${prompt} (${pictureName(picture)})`
    const flashes = flashesIn(await stage.film(label, { prompt, picture, song: fast, motion: 'high' }))
    encoded.push({ prompt, picture, flashes })
    stage.note(`${label}, encoded`, inWords(flashes))
  }
  yield* measures(`${IN_WORDS[language]} light prompts encoded, 200 BPM`, encoded)
}

const NONE: Flashes = { general: 0, red: 0, changes: 0 }

/** Every prompt on both pictures, the worst first. */
async function drawn(stage: Stage, prompts: string[], song: string): Promise<Found[]> {
  const card = flashCard()
  const cardPath = join(stage.scratch, 'flash-card.png')
  writeFileSync(cardPath, await encodeImage(card, { format: 'png' }))
  const sampler = openSampler(stage.scratch)
  const found: Found[] = []
  try {
    for (const prompt of prompts) {
      const latent = await sampler.sample({ prompt, song, duration: CLIP_SECONDS, motion: 'high' })
      for (const [picture, drawnOn] of [[SAMPLE_PICTURE], [cardPath, card]] as const)
        found.push({ prompt, picture, flashes: flashesIn(await drawSmall(latent, drawnOn)) })
    }
  } finally {
    await sampler.close()
  }
  const most = ({ flashes }: Found) => Math.max(flashes.general, flashes.red)
  return found.sort((a, b) => most(b) - most(a) || b.flashes.changes - a.flashes.changes)
}

const byPicture = (found: Found[]): Found[][] =>
  [...new Set(found.map(({ picture }) => picture))].map((path) => found.filter(({ picture }) => picture === path))

function* measures(name: string, found: Found[]): Generator<Measure> {
  for (const ofPicture of byPicture(found)) {
    for (const kind of ['general', 'red'] as const) {
      const value = Math.max(...ofPicture.map(({ flashes }) => flashes[kind]))
      const flashes = kind === 'red' ? 'red flashes' : 'flashes'
      const where = `${ofPicture.length} ${name}, on ${pictureName(ofPicture[0]!.picture)}`
      yield { name: `${flashes} in the worst second, ${where}`, value, unit: '', aim: 3 }
    }
  }
}

const pictureName = (path: string): string =>
  path === SAMPLE_PICTURE ? 'the sample picture' : 'a card of greys and red'

const inWords = ({ general, red, changes }: Flashes): string =>
  `${general} flashes and ${red} red ones in the worst second, ${changes.toFixed(1)} changes in all`
