import type { BeatSection, Beats } from '../values.ts'
import { type CutPlace, opening } from './cut-place.ts'
import { quietPlaces } from './quiet-places.ts'
import { steadyTimes, usualInterval } from './steady-times.ts'

/** Part of a piece that is planned by itself. */
export interface Stretch {
  /** What its chance goes by: its section's label and how often that was heard before, and its number therein. */
  key: string
  section: BeatSection | null
  /** Number of its section from 0; 0 where there are none. */
  sectionIndex: number
  /** How its first shot comes about. */
  start: CutPlace
  endSeconds: number
  endSteadySeconds: number
  /** How long it is by its section, or by its bars: what the number of its shots follows from. */
  spanSeconds: number
  /** Where that begins. */
  spanStartSeconds: number
  /** The beat at its end; null where it ends off the beat. */
  endTick: number | null
  /** Usual length of a beat in the whole piece; 0 where there are none. */
  beatSeconds: number
  /** Between start and end, ascending. */
  places: CutPlace[]
}

/** Longer sections are planned in parts of about this many bars, or seconds where there are no bars. */
const PART_BARS = 32
const PART_SECONDS = 64
/** A beat may lie this much beside a downbeat's time and be that downbeat. */
const SAME_BEAT_SECONDS = 0.02

/** Every place of a piece, in stretches that follow its sections. */
export function stretchesOf(beats: Beats): Stretch[] {
  const duration = beats.durationSeconds
  const ticks = tickPlaces(beats)
  const all = [...ticks, ...quietPlaces(beats, ticks)].sort((a, b) => a.steadySeconds - b.steadySeconds)
  const sections = soundSections(beats)
  const bounds: { place: CutPlace; section: BeatSection | null; index: number }[] = []
  sections.forEach((section, index) => {
    const place = index === 0 ? null : sectionPlace(section, all, duration)
    const last = bounds.at(-1)
    if (last && (!place || place.steadySeconds <= last.place.steadySeconds + SAME_BEAT_SECONDS)) return
    bounds.push({ place: place ?? opening(), section, index })
  })
  if (bounds.length === 0) bounds.push({ place: opening(), section: null, index: 0 })
  const beatSeconds = usualInterval(ticks.map(({ steadySeconds }) => steadySeconds))
  const first = ticks.find(({ reason }) => reason === 'downbeat')
  if (first && first.steadySeconds <= beatSeconds / 2) {
    // A downbeat at the very start makes no cut, and is bar 0 all the same.
    Object.assign((bounds[0] as { place: CutPlace }).place, { bar: 0, tick: first.tick })
    all.splice(all.indexOf(first), 1)
  }

  const lastTick = tickAtEnd(ticks, duration, beatSeconds)
  const heard = new Map<string, number>()
  return bounds.flatMap(({ place, section, index }, i) => {
    const end = bounds[i + 1]?.place
    const label = section?.label ?? ''
    const times = heard.get(label) ?? 0
    heard.set(label, times + 1)
    const endSteadySeconds = end?.steadySeconds ?? duration
    const places = all.filter(
      (one) =>
        one.steadySeconds > place.steadySeconds + SAME_BEAT_SECONDS &&
        one.steadySeconds < endSteadySeconds - SAME_BEAT_SECONDS,
    )
    const whole: Stretch = {
      key: `${label}${times}`,
      section,
      sectionIndex: index,
      start: place,
      endSeconds: end?.seconds ?? duration,
      endSteadySeconds,
      spanStartSeconds: i === 0 ? 0 : (section?.startSeconds ?? 0),
      spanSeconds: (bounds[i + 1]?.section?.startSeconds ?? duration) - (i === 0 ? 0 : (section?.startSeconds ?? 0)),
      endTick: end ? end.tick : lastTick,
      beatSeconds,
      places,
    }
    return inParts(numbered(whole))
  })
}

/** The beat that the end of the piece would be; null where the music stops before it. */
function tickAtEnd(ticks: readonly CutPlace[], duration: number, beatSeconds: number): number | null {
  const last = ticks.at(-1)
  if (!last || last.tick === null || beatSeconds === 0) return null
  const rest = (duration - last.steadySeconds) / beatSeconds
  return rest < 4 && Math.abs(rest - Math.round(rest)) <= 0.25 ? last.tick + Math.round(rest) : null
}

/** Sections in order and inside the piece; the rest is left out. */
function soundSections({ sections = [], durationSeconds }: Beats): BeatSection[] {
  return sections
    .filter(({ startSeconds, endSeconds }) => startSeconds < endSeconds && startSeconds < durationSeconds)
    .toSorted((a, b) => a.startSeconds - b.startSeconds)
}

function tickPlaces({ beats, downbeats, durationSeconds, meter }: Beats): CutPlace[] {
  const inside = (time: number): boolean => time >= 0 && time < durationSeconds
  const bars = downbeats.filter(inside)
  const ticks = [...beats.filter(inside).filter((time) => !isNear(bars, time)), ...bars].sort((a, b) => a - b)
  const barSet = new Set(bars)
  const steady = steadyTimes(ticks)
  let beat = 0
  return ticks.map((seconds, i) => {
    const isBar = barSet.has(seconds)
    beat = isBar ? 0 : beat + 1
    return {
      seconds,
      steadySeconds: steady[i] as number,
      reason: isBar ? 'downbeat' : 'beat',
      bar: null,
      beat,
      meter: meter ?? 4,
      strength: 1,
      tick: i,
      key: '',
    }
  })
}

function isNear(sorted: readonly number[], time: number): boolean {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sorted[middle] as number) < time - SAME_BEAT_SECONDS) low = middle + 1
    else high = middle
  }
  return low < sorted.length && Math.abs((sorted[low] as number) - time) <= SAME_BEAT_SECONDS
}

/** The downbeat nearest to where a section begins; a beat, an onset or its very start where there is none within a bar. */
function sectionPlace({ startSeconds }: BeatSection, all: readonly CutPlace[], duration: number): CutPlace | null {
  if (startSeconds <= 0 || startSeconds >= duration) return null
  const far = ({ steadySeconds }: CutPlace): number => Math.abs(steadySeconds - startSeconds)
  const nearest = (reason: CutPlace['reason'], within: number): CutPlace | undefined => {
    let best: CutPlace | undefined
    for (const one of all) {
      if (one.reason === reason && far(one) <= within && (!best || far(one) < far(best))) best = one
    }
    return best
  }
  const found = nearest('downbeat', 2) ?? nearest('beat', 1) ?? nearest('onset', 0.5)
  const place = found ?? { ...opening(), seconds: startSeconds, steadySeconds: startSeconds }
  return { ...place, reason: 'section', key: 'start' }
}

/** Bars are counted from where the stretch begins. */
function numbered(stretch: Stretch): Stretch {
  // A piece that begins before its first downbeat counts from that one; a section begins on its own.
  let bar = stretch.start.reason === 'section' ? 0 : (stretch.start.bar ?? -1)
  let beat = 0
  const places = stretch.places.map((place) => {
    if (place.reason === 'downbeat') {
      bar++
      beat = 0
    } else if (place.reason === 'beat') beat++
    else return place
    return { ...place, bar, beat, key: `${bar}.${beat}` }
  })
  return { ...stretch, places }
}

/** Long stretches in parts, at every 8th bar at the most. */
function inParts(stretch: Stretch): Stretch[] {
  const parts: Stretch[] = []
  let rest = stretch
  for (let part = 1; ; part++) {
    const border = partBorder(rest)
    if (!border) return [...parts, rest]
    const isBefore = ({ steadySeconds }: CutPlace): boolean => steadySeconds < border.steadySeconds
    parts.push({
      ...rest,
      endSeconds: border.seconds,
      endSteadySeconds: border.steadySeconds,
      endTick: border.tick,
      spanSeconds: border.steadySeconds - rest.spanStartSeconds,
      places: rest.places.filter(isBefore),
    })
    rest = {
      ...rest,
      key: `${stretch.key}.${part}`,
      start: border,
      spanStartSeconds: border.steadySeconds,
      spanSeconds: rest.spanStartSeconds + rest.spanSeconds - border.steadySeconds,
      places: rest.places.filter((place) => !isBefore(place) && place.key !== border.key),
    }
  }
}

function partBorder({ start, places, endSteadySeconds }: Stretch): CutPlace | null {
  const bars = places.filter(({ reason }) => reason === 'downbeat')
  const first = start.bar ?? 0
  if (bars.length > 1.5 * PART_BARS) return bars.find(({ bar }) => bar === first + PART_BARS) ?? null
  if (bars.length > 0 || endSteadySeconds - start.steadySeconds < 1.5 * PART_SECONDS) return null
  const wanted = start.steadySeconds + PART_SECONDS
  const within = places.filter(({ steadySeconds }) => Math.abs(steadySeconds - wanted) <= PART_SECONDS / 8)
  const best = within.toSorted((a, b) => b.strength - a.strength || a.steadySeconds - b.steadySeconds)[0]
  return best ?? null
}
