import type { Issue, NodeDescriptor } from '@beatloom/core'
import { issueText } from '../../i18n/issue-text.ts'
import { nodeText } from '../../i18n/node-text.ts'
import type { Language } from '../../view/view-store.ts'

/** The field or port an issue is about, by the name people see. */
export function fieldOfIssue(issue: Issue, descriptor: NodeDescriptor | undefined, language: Language): string | null {
  if (!descriptor) return null
  const words = nodeText(descriptor, language)
  const param = descriptor.params.find((one) => one.name === issue.param)
  if (param) return words.param(param)
  const port = descriptor.inputs.find((one) => one.name === issue.port)
  return port ? words.port(port) : null
}

/** The sentence where node and field are named beside it already. */
export const issueInPlace = (issue: Issue): string =>
  PLACES.reduce((text, place) => text.replace(place, ''), issueText(issue))

const PLACES = [
  /^(?:Node "[^"]*"(?:, (?:param|input) "[^"]*")?|[\w-]+ \(node "[^"]*", param "[^"]*"\)): /,
  /^(?:节点“[^”]*”(?:的(?:参数|输入)“[^”]*”)?|“[^”]*”（节点“[^”]*”，参数“[^”]*”）)：/,
]
