import { frameCountOf } from '../value-facts.ts'
import type { Beats, Shot, Shots } from '../values.ts'
import { type CutOptions, chooseCuts } from './choose-cuts.ts'
import type { CutPlace } from './cut-place.ts'
import { type Stretch, stretchesOf } from './cut-places.ts'
import { type FrameCut, fitCuts } from './fit-cuts.ts'
import { type LoudnessCurve, loudnessCurve } from './loudness-curve.ts'
import { USUAL_MOVES } from './shot-camera.ts'
import { type ContentOptions, contentAfterCut, contentOf, type PlannedShot, type ShotContent } from './shot-content.ts'
import { splitParts } from './split-parts.ts'

export interface PlanShotsOptions extends CutOptions, Omit<ContentOptions, 'sectionFadeFrames'> {
  /** Frames per second of the video. */
  frameRate: number
  /** What a model makes at once; longer shots are split into parts that go on from each other. */
  partSeconds: number
  transition: 'cut' | 'fade'
  /** Length of the fade into a new section, where `transition` says so. */
  fadeSeconds: number
}

export const PLAN_DEFAULTS: PlanShotsOptions = {
  frameRate: 30,
  pace: 'medium',
  shortestSeconds: 1.5,
  // A little above 8 s: four bars at 120 beats per minute, which a beat a hair late would break.
  longestSeconds: 8.5,
  partSeconds: 15,
  prompts: '',
  camera: USUAL_MOVES,
  pictures: 'by-shot',
  pictureCount: null,
  framing: 'varied',
  transition: 'cut',
  fadeSeconds: 0.5,
  seed: '0',
}

export interface ShotPlan {
  shots: Shots
  /** Lines of `prompts` that no shot took. */
  unusedPrompts: number
  /** Labels before prompts that fit no section. */
  unknownLabels: string[]
}

/** Shots that fill the piece, cut where an editor would. The same beats and options give the same shots. */
export const planShots = (beats: Beats, options: Partial<PlanShotsOptions> = {}): Shots =>
  planOfShots(beats, options).shots

/** The same, with what should be said about the prompts. */
export function planOfShots(beats: Beats, options: Partial<PlanShotsOptions> = {}): ShotPlan {
  const settings = withinReason({ ...PLAN_DEFAULTS, ...options })
  const { frameRate } = settings
  const frameCount = frameCountOf(beats.durationSeconds, frameRate)
  const curve = loudnessCurve(beats.envelopes)
  const stretches = stretchesOf(beats)
  const cuts = stretches.flatMap((stretch) =>
    [stretch.start, ...chooseCuts(stretch, curve, settings)].map((place, i) => ({ stretch, place, opens: i === 0 })),
  )
  const { contents, unusedPrompts, unknownLabels } = contentOf(
    plannedShots(cuts, curve, beats.durationSeconds),
    (beats.sections ?? []).toSorted((a, b) => a.startSeconds - b.startSeconds),
    {
      ...settings,
      sectionFadeFrames: settings.transition === 'fade' ? Math.round(settings.fadeSeconds * frameRate) : 0,
    },
  )
  const fitted = fitCuts(
    cuts.map(({ place }, planned) => ({ frame: Math.round(place.seconds * frameRate), place, planned })),
    stretches.flatMap(({ places }) => places).toSorted((a, b) => a.seconds - b.seconds),
    {
      shortest: Math.max(1, Math.ceil(settings.shortestSeconds * frameRate - 1e-6)),
      longest: Math.max(1, Math.floor(settings.longestSeconds * frameRate + 1e-6)),
      frameCount,
      frameRate,
    },
  )
  const labelOf = (cut: number): string | null => cuts[cut]?.stretch.section?.label ?? null
  const shots: Shots = {
    durationSeconds: beats.durationSeconds,
    frameRate,
    frameCount,
    shots: asShots(fitted, { contents, labelOf, curve, frameCount, frameRate, framing: settings.framing }),
  }
  return { shots: splitParts(shots, settings.partSeconds), unusedPrompts, unknownLabels }
}

/** A longest shot below two of the shortest would leave lengths that cannot be cut. */
function withinReason(settings: PlanShotsOptions): PlanShotsOptions {
  const shortestSeconds = Math.max(1 / settings.frameRate, settings.shortestSeconds)
  return { ...settings, shortestSeconds, longestSeconds: Math.max(settings.longestSeconds, 2 * shortestSeconds) }
}

function plannedShots(
  cuts: readonly { stretch: Stretch; place: CutPlace; opens: boolean }[],
  curve: LoudnessCurve,
  durationSeconds: number,
): PlannedShot[] {
  return cuts.map(({ stretch, place, opens }, i) => ({
    key: `${stretch.key}/${opens ? 'start' : place.key}`,
    sectionIndex: stretch.section ? stretch.sectionIndex : -1,
    beginsSection: place.reason === 'section',
    energy: curve.mean(place.steadySeconds, cuts[i + 1]?.place.steadySeconds ?? durationSeconds),
  }))
}

interface ShotFacts {
  contents: readonly ShotContent[]
  labelOf(cut: number): string | null
  curve: LoudnessCurve
  frameCount: number
  frameRate: number
  framing: 'varied' | 'wide'
}

function asShots(cuts: readonly FrameCut[], facts: ShotFacts): Shot[] {
  const { contents, labelOf, curve, frameCount, frameRate } = facts
  let content = contents[0] as ShotContent
  let section: string | null = null
  return cuts.map(({ frame, place, planned }, i) => {
    const next = cuts[i + 1]
    const startSeconds = frame / frameRate
    if (planned === null) {
      const behind = next?.planned == null ? null : (contents[next.planned] ?? null)
      content = contentAfterCut(content, behind, place.steadySeconds, facts.framing)
    } else {
      content = contents[planned] as ShotContent
      section = labelOf(planned)
    }
    const endFrame = next?.frame ?? frameCount
    const endSeconds = endFrame / frameRate
    return {
      startFrame: frame,
      endFrame,
      startSeconds,
      endSeconds,
      markSeconds: place.reason === 'start' || place.reason === 'length' ? null : place.seconds,
      reason: place.reason,
      section,
      energy: Math.round(1000 * curve.mean(startSeconds, endSeconds)) / 1000,
      ...content,
      continues: false,
      locked: false,
      starred: false,
    }
  })
}
