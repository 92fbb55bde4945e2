import type { Workflow } from '@beatloom/core'
import type { DeclaredOutput } from '../document/declared-fields.ts'
import type { Descriptors } from '../document/link-rules.ts'
import { fileLabel, humanize, nodeText } from '../i18n/node-text.ts'
import type { Language } from '../view/view-store.ts'

/** What a declared output is called: by the file, else as its node's port. */
export function outputLabel(
  { name, output }: DeclaredOutput,
  workflow: Workflow,
  descriptors: Descriptors,
  language: Language,
): string {
  if (output.label) return fileLabel(output.label, language)
  const descriptor = descriptors.get(workflow.nodes[output.node]?.type ?? '')
  const port = descriptor?.outputs.find((candidate) => candidate.name === output.port)
  return descriptor && port ? nodeText(descriptor, language).port(port) : humanize(name)
}
