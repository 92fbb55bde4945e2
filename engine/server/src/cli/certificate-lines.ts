import type { SyncCertificate } from '@beatloom/core'
import { isAnother, type RemadeShot } from '../verify/remade-shot.ts'
import type { OwnFile } from './verify-command.ts'

/** A certificate for a person to read: the verdict, why, and the numbers. English; each line is a sentence or more. */
export function certificateLines(name: string, certificate: SyncCertificate, own: OwnFile | null): string[] {
  const { reasons } = certificate
  return [
    verdictLine(name, certificate.verdict),
    ...reasons.map((reason) => reason.text),
    ...numberLines(certificate),
    ...ownLines(own),
  ]
}

function verdictLine(name: string, verdict: SyncCertificate['verdict']): string {
  if (verdict === 'green') return `${name}: picture and sound agree.`
  if (verdict === 'red') return `${name}: picture and sound do not agree.`
  return `${name}: whether picture and sound agree cannot be told.`
}

function numberLines(certificate: SyncCertificate): string[] {
  const { picture, sound, beats, cuts, cutsToBeats, cutsToPlan, planned } = certificate
  const seconds = (value: number): string => value.toFixed(2)
  const lines = [
    `Picture: ${picture.frames} frames at ${picture.frameRate} a second, ${seconds(picture.lengthSeconds)} s, ${cuts.length} hard cuts.`,
  ]
  if (sound) {
    const { peakDb, loudnessLufs } = sound
    const isHeard = peakDb !== null && loudnessLufs !== null
    lines.push(
      isHeard
        ? `Sound: ${seconds(sound.lengthSeconds)} s, ${loudnessLufs.toFixed(1)} LUFS, peak ${peakDb.toFixed(1)} dB.`
        : `Sound: ${seconds(sound.lengthSeconds)} s.`,
    )
  }
  if (beats?.tempoBpm) lines.push(`Beat: ${beats.tempoBpm.toFixed(1)} BPM, ${beats.count} beats.`)
  if (cutsToBeats) {
    const [median, most, worst] = [cutsToBeats.medianMs, cutsToBeats.p95Ms, cutsToBeats.maxMs].map((value) =>
      value.toFixed(1),
    )
    lines.push(`Cuts against the beat: ${median} ms off on the median, ${most} ms at 95 %, ${worst} ms at most.`)
  }
  if (cutsToPlan && planned) {
    lines.push(
      `Cuts against the plan: ${cutsToPlan.found} of ${planned.cuts.length} found, ${cutsToPlan.maxFrames} frames off at most.`,
    )
  }
  return lines
}

function ownLines(own: OwnFile | null): string[] {
  if (!own) return []
  const lines = ['Made with Beatloom: the file carries its workflow.']
  if (own.certificate === 'same') lines.push('The certificate inside was made of this very picture and sound.')
  if (own.certificate === 'other') lines.push('The certificate inside was made of another picture or sound.')
  return [...lines, ...remadeLines(own.remade)]
}

function remadeLines(remade: RemadeShot | undefined): string[] {
  if (!remade) return []
  if (remade.outcome === 'none') {
    if (remade.reason === 'no_shots') return []
    if (remade.reason === 'failed') return [`No shot could be made anew: ${remade.message}`]
    return [`No shot was made anew: these files are not here as they were: ${remade.missing?.join(', ')}.`]
  }
  const { shot, count, frames, psnrDb } = remade
  if (psnrDb === null)
    return [`Shot ${shot} of ${count} was made anew: all ${frames} frames are the same, to the pixel.`]
  const decibels = psnrDb.toFixed(1)
  return isAnother(remade)
    ? [`Shot ${shot} of ${count} was made anew and is another one: ${decibels} dB.`]
    : [`Shot ${shot} of ${count} was made anew and is the same but for rounding: ${decibels} dB.`]
}
