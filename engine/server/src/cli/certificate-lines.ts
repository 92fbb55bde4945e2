import type { SyncCertificate } from '@beatloom/core'
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
  const made = 'Made with Beatloom: the file carries its workflow.'
  if (own.certificate === 'none') return [made]
  if (own.certificate === 'same') return [made, 'The certificate inside was made of this very picture and sound.']
  return [made, 'The certificate inside was made of another picture or sound.']
}
