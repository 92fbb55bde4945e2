import type { ErrorReport, Issue } from '@beatloom/core'
import { withoutPersonalPaths } from '../run/technical-details.ts'
import type { Language } from '../view/view-store.ts'
import { isTextKey, type Translate } from './index.ts'

/** An issue's sentence. English is the server's own; Chinese goes by the code, with the names put in. */
export function issueText(issue: Issue, t: Translate, language: Language): string {
  const key = `issue.${issue.code}`
  if (language === 'en' || !isTextKey(key)) return issue.message
  const place = { node: issue.node ?? '', port: issue.port ?? '', param: issue.param ?? '' }
  return t(key, { ...place, valid: issue.valid?.join('、') ?? '' })
}

/** An error's sentence, the same way; Chinese keeps the server's words behind it, since they name the cause. */
export function errorText(error: ErrorReport, t: Translate, language: Language): string {
  const key = `error.${error.code}`
  const message = withoutPersonalPaths(error.message)
  return language === 'en' || !isTextKey(key) ? message : `${t(key)}（${message}）`
}
