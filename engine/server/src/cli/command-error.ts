import { AppError, type Issue } from '@beatloom/core'
import { speak } from './language.ts'

export const EXIT = { done: 0, failed: 1, usage: 2, cancelled: 130 } as const

/** Wrong usage: every problem at once, exit status 2. */
export class UsageError extends Error {
  readonly problems: string[]
  constructor(problems: string[]) {
    super(problems[0])
    this.problems = problems
  }
}

/** Which codes are the fault of what was asked, as against what happened while doing it. */
const USAGE_CODES = new Set(['usage', 'workflow_invalid', 'workflow_unreadable', 'workflow_too_new', 'input_invalid'])

export function exitStatusOf(error: unknown): number {
  if (error instanceof UsageError) return EXIT.usage
  if (!(error instanceof AppError)) return EXIT.failed
  if (error.code === 'run_cancelled') return EXIT.cancelled
  return USAGE_CODES.has(error.code) ? EXIT.usage : EXIT.failed
}

/** All sentences of an error, for people. */
export function sentencesOf(error: unknown): string[] {
  if (error instanceof UsageError) return error.problems
  const issues = error instanceof AppError ? (error.details?.issues as Issue[] | undefined) : undefined
  if (issues && issues.length > 0) return issues.map(issueLine)
  if (error instanceof AppError) return [`error: ${error.message} [${error.code}]`]
  return [error instanceof Error ? error.message : String(error)]
}

/** One problem with everything that helps to mend it. */
export function issueLine(issue: Issue): string {
  const valid =
    issue.valid && issue.valid.length > 0 && issue.valid.length <= 40 ? ` Valid: ${issue.valid.join(', ')}.` : ''
  const problem = issue.message + valid
  return issue.severity === 'error' ? `error: ${problem} [${issue.code}]` : `warning: ${problem} [${issue.code}]`
}

/** The sentences of an error in the person's language. */
export const spokenSentencesOf = (error: unknown): string[] => sentencesOf(error).map(speak)
