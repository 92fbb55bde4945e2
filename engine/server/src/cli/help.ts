import type { Workflow } from '@beatloom/core'
import { HELP_WORDS } from './help-words.ts'
import { CHINESE, columnsOf, LANGUAGE, speak } from './language.ts'
import { type InputFlag, takes } from './workflow-flags.ts'

export type HelpWord = keyof typeof HELP_WORDS

export const helpWord = (word: HelpWord): string => HELP_WORDS[word][LANGUAGE === 'zh' ? 1 : 0]

/** Text behind a column of so many places, whatever its signs take. */
export const padded = (text: string, columns: number): string =>
  text + ' '.repeat(Math.max(0, columns - columnsOf(text)))

/** The inputs of one workflow, each with what it takes and what it is when left out. */
export function workflowHelp(file: string, workflow: Workflow, flags: readonly InputFlag[]): string {
  const rows = flags.map((flag) => {
    const name = flag.kind === 'boolean' ? `--[no-]${flag.flag}` : `--${flag.flag}`
    const usual = [flag.fallback ?? ''].flat().join(', ')
    const fallback = usual === '' ? [] : [`${helpWord('default')} ${usual}`]
    const facts = [speak(takes(flag)), ...fallback]
    return {
      name,
      text: [helpOf(flag, workflow), inBrackets(facts)].filter(Boolean).join(LANGUAGE === 'zh' ? '' : ' '),
    }
  })
  const outputs = Object.keys(workflow.outputs).join(', ') || helpWord('noOutput')
  const common = [
    { name: '--out', text: helpWord('out') },
    { name: '--output', text: `${helpWord('output')}${LANGUAGE === 'zh' ? '' : ' '}${outputs}` },
    { name: '--input', text: helpWord('input') },
    { name: '--json', text: helpWord('json') },
    { name: '--try-anyway', text: helpWord('tryAnyway') },
  ]
  const width = Math.max(...[...rows, ...common].map((row) => row.name.length)) + 2
  const table = (list: typeof rows): string => list.map((row) => `  ${padded(row.name, width)}${row.text}`).join('\n')
  const about = workflow.description ? `\n${galleryText(workflow.description)}\n` : ''
  const title = galleryText(workflow.title) || file
  return `${title}\n${about}\n${helpWord('inputs')}\n${table(rows)}\n\n${helpWord('options')}\n${table(common)}\n`
}

const inBrackets = (facts: readonly string[]): string =>
  LANGUAGE === 'zh' ? `（${facts.join('，')}）` : `(${facts.join(', ')})`

/** The gallery's texts have Chinese words; a person's own stay as they are. */
const galleryText = (text: string): string => CHINESE?.zhGallery[text] ?? text

function helpOf({ input, help, param }: InputFlag, workflow: Workflow): string {
  if (LANGUAGE === 'en') return help
  const target = workflow.inputs[input]
  const words = target && CHINESE?.zhNodes[workflow.nodes[target.node]?.type ?? '']?.params?.[param.name]
  const own = target?.help ? CHINESE?.zhGallery[target.help] : undefined
  return own ?? words?.help ?? (target?.help ? help : undefined) ?? CHINESE?.zhInputs[input] ?? help
}
