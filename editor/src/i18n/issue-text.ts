import type { ErrorReport, Issue } from '@beatloom/core'
import { withoutPersonalPaths } from '../run/technical-details.ts'
import { say } from './sentences.ts'

/** An issue's sentence in the chosen language: the same wording as on the command line. */
export const issueText = (issue: Issue): string => say(issue.message)

/** An error's sentence, the same way, without the names of people's folders. */
export const errorText = (error: ErrorReport): string => say(withoutPersonalPaths(error.message))
