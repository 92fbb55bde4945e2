import type { Workflow } from '@beatloom/core'
import type { Descriptors } from '../../document/link-rules.ts'
import type { TextKey, Translate } from '../../i18n/index.ts'
import { humanize, nodeText } from '../../i18n/node-text.ts'
import { say } from '../../i18n/sentences.ts'
import type { Language } from '../../view/view-store.ts'
import { nodeName } from '../nodes/node-name.ts'

/** What the planner says of a node, each with the names in it. */
const PATTERNS: readonly [RegExp, TextKey, ...('param' | 'input' | 'node' | 'plain')[]][] = [
  [/^not run before$/, 'why.first'],
  [/^runs every time$/, 'why.always'],
  [/^param "(.+)" changed$/, 'why.param', 'param'],
  [/^the file of "(.+)" changed$/, 'why.file', 'param'],
  [/^input "(.+)" changed \(from "(.+)"\)$/, 'why.input', 'input', 'node'],
  [/^input "(.+)" comes from elsewhere \("(.+)"\)$/, 'why.elsewhere', 'input', 'node'],
  [/^input "(.+)" is no longer linked$/, 'why.unlinked', 'input'],
  [/^input "(.+)" has other links$/, 'why.otherLinks', 'input'],
  [/^the model, its provider or the runtime changed$/, 'why.model'],
  [/^was a (.+) before$/, 'why.type', 'plain'],
  [/^the node type changed \(version (.+)\)$/, 'why.version', 'plain'],
  [/^no longer in the cache$/, 'why.uncached'],
  [/^frames are made anew when they are read$/, 'why.stream'],
  [/^is made anew whenever it is needed$/, 'why.recipe'],
]

/** The first thing that changed, by the names people see; a sentence not known here is shown as it came. */
export function reasonText(
  reason: string,
  workflow: Workflow,
  descriptors: Descriptors,
  node: string,
  t: Translate,
  language: Language,
): string {
  const descriptor = descriptors.get(workflow.nodes[node]?.type ?? '')
  const words = descriptor && nodeText(descriptor, language)
  const named = {
    param: (name: string) => {
      const param = descriptor?.params.find((one) => one.name === name)
      return param && words ? words.param(param) : humanize(name)
    },
    input: (name: string) => {
      const port = descriptor?.inputs.find((one) => one.name === name)
      return port && words ? words.port(port) : named.param(name)
    },
    node: (id: string) => nodeName(workflow, descriptors, id, language),
    plain: (text: string) => text,
  }
  for (const [pattern, key, ...names] of PATTERNS) {
    const match = pattern.exec(reason)
    if (!match) continue
    const values = names.map((kind, index) => [
      kind === 'input' ? 'name' : kind === 'param' ? 'name' : kind,
      named[kind](match[index + 1] ?? ''),
    ])
    return t(key, Object.fromEntries(values))
  }
  return say(reason)
}
