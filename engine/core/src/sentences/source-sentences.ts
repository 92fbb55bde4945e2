/** For tests: every text in the sources of the engine, with its places emptied, and whether people read it. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseAst } from 'vitest/node'

const ROOT = join(import.meta.dirname, '../../../..')
const SOURCES = ['engine/core/src', 'engine/media/src', 'engine/server/src', 'models/src', 'nodes', 'editor/src']
const LEFT_OUT =
  /\.test\.ts$|testing\.ts$|\/testing\/|\/bench\/|node_modules|\/sentences\/|\/words\/|help-words|nodes\/beats\/evaluate\.ts$/
/** The catalogue of nodes has words of its own; the rest is for programs. */
const OTHER_WORDS = new Set(['description', 'help', 'title', 'aliases', 'summary', 'describe'])
/** Where a text goes that people read. */
const READ = /^(?:\w*Error|super|message|because|reason|text|push|say|notice|refused|regex|check|stopped|lost|speak)$/

const QUERY = /^(?:SELECT|INSERT|UPDATE|DELETE|PRAGMA|CREATE|ALTER|AND|EXISTS)\b/

export interface SourceText {
  file: string
  /** `There is no run "{}".` */
  text: string
  /** The same with the places at its ends. */
  whole: string
  /** A person reads it: it goes where messages go, or reads as a whole sentence. */
  read: boolean
}

interface Node {
  type: string
  [key: string]: unknown
}

export function sourceTexts(): SourceText[] {
  return SOURCES.flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .map((name) => join(folder, name))
      .filter((file) => file.endsWith('.ts') && !LEFT_OUT.test(file))
      .flatMap((file) => textsIn(file)),
  )
}

function textsIn(file: string): SourceText[] {
  const found: SourceText[] = []
  const visit = (value: unknown, goal: string): void => {
    if (Array.isArray(value)) for (const one of value) visit(one, goal)
    else if (isNode(value)) look(value, goal)
  }
  const look = (node: Node, goal: string): void => {
    if (/^Import|^Export(?:All)|^TS(?!As|Satisfies|NonNull)/.test(node.type)) return
    const next = goalOf(node) ?? goal
    const whole = textOf(node)
    if (whole !== null && !OTHER_WORDS.has(next) && isOurs(file, next)) {
      const text = trimmed(whole)
      found.push({ file, text, whole, read: isRead(text, next) })
    }
    for (const [key, child] of Object.entries(node)) if (key !== 'type') visit(child, next)
  }
  visit(parseAst(readFileSync(join(ROOT, file), 'utf8'), { lang: 'ts' }) as unknown, '')
  return found
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as Node).type === 'string'

/** The editor's words stand in dictionaries; its errors alone speak like the server's. */
const isOurs = (file: string, goal: string): boolean => !file.startsWith('editor') || goal.endsWith('Error')

/** What a text inside this part of the code is for: the property, the class made, or the function called. */
function goalOf(node: Node): string | null {
  if (node.type === 'Property') return nameOf(node.key)
  if (node.type === 'NewExpression' || node.type === 'CallExpression') {
    const callee = node.callee as Node
    if (callee.type === 'Super') return 'super'
    return nameOf(callee.type === 'MemberExpression' ? callee.property : callee) ?? ''
  }
  return null
}

const nameOf = (node: unknown): string | null => {
  const { name, value } = node as { name?: string; value?: unknown }
  return name ?? (typeof value === 'string' ? value : null)
}

function textOf(node: Node): string | null {
  if (node.type === 'Literal') return typeof node.value === 'string' ? node.value.trim() : null
  if (node.type !== 'TemplateLiteral') return null
  const parts = node.quasis as { value: { cooked: string } }[]
  return parts
    .map((part) => part.value.cooked)
    .join('{}')
    .trim()
}

function isRead(text: string, goal: string): boolean {
  if (QUERY.test(text)) return false
  if (!/[a-z]{2}.* |^[A-Z][a-z]+\.$| .*[a-z]{2}/.test(text.replaceAll('{}', ''))) return false
  return READ.test(goal) || /^(?:[A-Z"]|\{\}).*[.?!]$/s.test(text)
}

/** Compared without what stands before and behind: other texts, and line ends. */
export const trimmed = (text: string): string => text.replaceAll(/^(?:\{\}|\s)+|(?:\{\}|\s)+$/g, '')
