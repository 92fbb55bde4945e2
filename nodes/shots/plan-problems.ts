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
