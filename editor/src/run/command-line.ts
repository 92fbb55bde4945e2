import type { Workflow } from '@beatloom/core'

/** Flags that the command line keeps for itself; an input of such a name is given another way. */
const TAKEN = new Set(['out', 'output', 'input', 'json', 'help'])

const kebab = (name: string): string =>
  name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`).replaceAll('_', '-')

/** One word for any POSIX shell; plain words stay as they are. */
export const shellWord = (text: string): string =>
  /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`

/**
 * The command that makes the same again from a saved file.
 * @param file where the workflow was saved.
 * @param inputs values that were asked for beside the file's own.
 */
export function commandLine(file: string, workflow: Workflow, inputs: Record<string, unknown>): string {
  const order = (name: string): number => workflow.inputs[name]?.order ?? 0
  const flags = Object.keys(workflow.inputs)
    .toSorted((a, b) => order(a) - order(b))
    .flatMap((name) => {
      const target = workflow.inputs[name]!
      const value = inputs[name] ?? workflow.nodes[target.node]?.params[target.param]
      return value === undefined || value === null || value === '' ? [] : [flag(name, value)]
    })
  return ['beatloom run', shellWord(file), ...flags].join(' ')
}

function flag(name: string, value: unknown): string {
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value)
  const word = kebab(name)
  if (TAKEN.has(word)) return `--input ${shellWord(`${name}=${text}`)}`
  if (typeof value === 'boolean') return value ? `--${word}` : `--no-${word}`
  // A value that begins with a dash would be read as a flag of its own.
  return text.startsWith('-') ? `--${word}=${shellWord(text)}` : `--${word} ${shellWord(text)}`
}
