import type { BeatSection, Framing, Shot } from '../values.ts'
import {
  type CameraMove,
  CameraWalk,
  isChineseText,
  namedMove,
  namesCamera,
  turnedCamera,
  withCamera,
} from './shot-camera.ts'
import { labelsOfSections, PromptWalk, readPromptLines } from './shot-prompts.ts'
import { chance, seedOf, timeBucket } from './shot-random.ts'

/** What is in a shot, apart from when it is. */
export type ShotContent = Pick<Shot, 'prompt' | 'picture' | 'framing' | 'seed' | 'fadeFrames'>

export interface ContentOptions {
  seed: string
  /** One prompt a line; `A: …` or `[chorus] …` is for that section. */
  prompts: string
  /** Moves to choose from where a prompt names none; none: the prompt is left as it is. */
  camera: readonly CameraMove[]
  pictures: 'by-shot' | 'by-section'
  /** Where it is known: pictures are counted round it. */
  pictureCount: number | null
  framing: 'varied' | 'wide'
  /** Frames of a fade into a new section; 0 is a cut. */
  sectionFadeFrames: number
}

/** A shot that waits for its content. */
export interface PlannedShot {
  /** Its place in the music: chance goes by this. */
  key: string
  /** -1 where the music has none. */
  sectionIndex: number
  beginsSection: boolean
  /** Mean loudness, 0 … 1. */
  energy: number
}

const FRAMINGS: readonly Framing[] = ['wide', 'medium', 'close']

/** What each planned shot shows. It follows from the shot's place and number in the plan, never from hand-made cuts. */
export function contentOf(
  planned: readonly PlannedShot[],
  sections: readonly BeatSection[],
  options: ContentOptions,
): { contents: ShotContent[]; unusedPrompts: number; unknownLabels: string[] } {
  const lines = readPromptLines(options.prompts, new Set(sections.map(({ label }) => label)))
  const labels = labelsOfSections(sections, lines)
  const prompts = new PromptWalk(lines)
  const camera = new CameraWalk(options.camera, options.seed)
  const isChinese = isChineseText(options.prompts)
  const framings = framingsOf(planned, options)
  const contents = planned.map((shot, index): ShotContent => {
    const words = prompts.next(labels[shot.sectionIndex] ?? null)
    const named = namesCamera(words)
    if (named) camera.took(namedMove(words))
    const move = named ? null : camera.next(index)
    const picture = options.pictures === 'by-shot' ? index : Math.max(0, shot.sectionIndex)
    return {
      prompt: move ? withCamera(words, move, shot.energy, isChinese) : words,
      picture: options.pictureCount ? picture % options.pictureCount : picture % MOST_PICTURES,
      framing: framings[index] as Framing,
      seed: seedOf(options.seed, shot.key),
      fadeFrames: shot.beginsSection ? options.sectionFadeFrames : 0,
    }
  })
  const unknownLabels = [...lines.bySection.keys()].filter((label) => !labels.includes(label))
  return { contents, unusedPrompts: prompts.unused(), unknownLabels }
}

/** Pictures are counted no further than edits can name them; it can be divided by every number up to 10 but 7. */
const MOST_PICTURES = 720

/** No two alike in a row; sections open wide. */
function framingsOf(planned: readonly PlannedShot[], { framing, seed }: ContentOptions): Framing[] {
  if (framing === 'wide') return planned.map(() => 'wide')
  let last: Framing | null = null
  return planned.map(({ beginsSection }, index) => {
    const nextOpens = planned[index + 1]?.beginsSection ?? false
    const opens = last === null || (beginsSection && last !== 'wide')
    const choices = FRAMINGS.filter((one) => one !== last && !(nextOpens && one === 'wide'))
    last =
      opens && !(nextOpens && index > 0)
        ? 'wide'
        : (choices[Math.floor(chance(seed, 'framing', index) * choices.length)] as Framing)
    return last
  })
}

/**
 * Content for a shot that a cut inside another one makes: the same picture and words, seen differently, so that the
 * cut can be seen. It depends on the shot that was cut and the one behind it alone.
 */
export function contentAfterCut(
  left: ShotContent,
  next: ShotContent | null,
  seconds: number,
  framing: 'varied' | 'wide',
): ShotContent {
  return {
    prompt: turnedCamera(left.prompt),
    picture: left.picture,
    framing: framing === 'wide' ? left.framing : otherFraming(left.framing, next?.framing ?? null),
    seed: seedOf(left.seed, timeBucket(seconds)),
    fadeFrames: 0,
  }
}

/** One that is neither. */
export const otherFraming = (left: Framing, right: Framing | null): Framing =>
  FRAMINGS.find((one) => one !== left && one !== right) ?? left
