import type { ParamProblem } from '@beatloom/core'

/** What contradicts itself in the settings of a plan. */
export function planProblems(settings: {
  shortest: number
  longest: number
  transition: 'cut' | 'fade'
  fadeSeconds: number
}): ParamProblem[] {
  const { shortest, longest, transition, fadeSeconds } = settings
  const problems: ParamProblem[] = []
  // A shot a little above the longest could not be cut into two that are long enough.
  if (longest < 2 * shortest) {
    const message = `The longest shot (${longest} s) must be at least twice the shortest (${shortest} s).`
    problems.push({ param: 'longest', message })
  }
  if (transition === 'fade' && fadeSeconds > shortest) {
    const message = `The fade (${fadeSeconds} s) must not be longer than the shortest shot (${shortest} s).`
    problems.push({ param: 'fadeSeconds', message })
  }
  return problems
}

/** Why beats and sound do not belong together; null where they are as long as each other to within a frame. */
export function differentLengths(beatsSeconds: number, audioSeconds: number, frameRate: number): string | null {
  if (Math.abs(beatsSeconds - audioSeconds) * frameRate <= 1 + 1e-6) return null
  const seconds = (value: number): string => value.toFixed(2)
  return `The beats are of ${seconds(beatsSeconds)} s of sound and this sound lasts ${seconds(audioSeconds)} s: link the beats of this very sound.`
}
