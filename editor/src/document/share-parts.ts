import { type ParamDescriptor, referencesIn, type Workflow, type WorkflowNode } from '@beatloom/core'
import { widgetOf } from '../widgets/widget.ts'
import type { Descriptors } from './link-rules.ts'

/** What leaves with a workflow and tells of the person who made it; each kind can be held back. */
export const SHARE_PARTS = ['texts', 'names', 'paths'] as const
export type SharePart = (typeof SHARE_PARTS)[number]

export interface LeavingItem {
  /** The node or the part of the file it stands in. */
  where: string
  text: string
}

const FILE_KEYS = new Set(['beatloom', 'title', 'description', 'inputs', 'outputs', 'nodes', 'needs', 'layout'])
const NODE_KEYS = new Set(['type', 'version', 'title', 'mode', 'params', 'links'])
/** A place on somebody's disk: /home/…, C:\…, ~/…, \\server\…, file:// */
const PATH = /^(?:\/(?:[^/\s]+\/)|~[/\\]|[a-z]:[/\\]|\\\\|file:)/i
/** Everybody has the samples. */
const inTheBox = (reference: string): boolean => reference.startsWith('samples/')

/**
 * What would leave with the workflow, by kind: texts that were typed (prompts, and anything in nodes that are not
 * installed here), names that were given, and paths and names of files.
 */
export function leavingItems(workflow: Workflow, descriptors: Descriptors): Record<SharePart, LeavingItem[]> {
  const items: Record<SharePart, LeavingItem[]> = { texts: [], names: namesIn(workflow), paths: [] }
  for (const [id, node] of Object.entries(workflow.nodes)) {
    const where = node.title || id
    for (const [name, value] of Object.entries(node.params)) {
      const part = partOfValue(value, paramOf(node, name, descriptors))
      if (part) for (const text of stringsIn(value)) items[part].push({ where, text })
    }
    for (const text of stringsIn(extras(node, NODE_KEYS))) items.texts.push({ where, text })
  }
  for (const text of stringsIn(extras(workflow, FILE_KEYS))) items.texts.push({ where: workflow.title, text })
  return items
}

/** A copy without these kinds. Values that go fall back to their node's defaults. */
export function withoutParts(workflow: Workflow, descriptors: Descriptors, gone: ReadonlySet<SharePart>): Workflow {
  const copy = structuredClone(workflow) as Workflow
  if (gone.has('names')) removeNames(copy)
  for (const node of Object.values(copy.nodes)) {
    for (const [name, value] of Object.entries(node.params)) {
      const part = partOfValue(value, paramOf(node, name, descriptors))
      if (part && gone.has(part)) delete node.params[name]
    }
    if (gone.has('texts')) removeExtras(node, NODE_KEYS)
  }
  if (gone.has('texts')) removeExtras(copy, FILE_KEYS)
  return copy
}

/** References of the files that the workflow reads, without those that everybody has. */
export function mediaOf(workflow: Workflow, descriptors: Descriptors): string[] {
  const references = Object.values(workflow.nodes).flatMap((node) =>
    Object.entries(node.params).flatMap(([name, value]) => {
      const param = paramOf(node, name, descriptors)
      return param && widgetOf(param) === 'file' ? referencesIn(value) : []
    }),
  )
  return [...new Set(references)].filter((reference) => /^(assets|artifacts)\//.test(reference))
}

const paramOf = (node: WorkflowNode, name: string, descriptors: Descriptors): ParamDescriptor | undefined =>
  descriptors.get(node.type)?.params.find((param) => param.name === name)

/** Widgets whose values are picked from what the program offers, or are numbers in disguise. */
const NEUTRAL = new Set(['choice', 'multichoice', 'model', 'seed', 'size', 'colour', 'toggle', 'number', 'slider'])

function partOfValue(value: unknown, param: ParamDescriptor | undefined): 'texts' | 'paths' | null {
  const texts = stringsIn(value)
  if (texts.length === 0) return null
  if (texts.some((text) => PATH.test(text))) return 'paths'
  if (!param) return 'texts'
  const widget = widgetOf(param)
  if (widget === 'file') return texts.every(inTheBox) ? null : 'paths'
  return NEUTRAL.has(widget) || value === param.default ? null : 'texts'
}

function stringsIn(value: unknown): string[] {
  if (typeof value === 'string') return value.trim() === '' ? [] : [value]
  if (typeof value !== 'object' || value === null) return []
  return Object.values(value).flatMap(stringsIn)
}

const extras = (record: object, known: ReadonlySet<string>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(record).filter(([key]) => !known.has(key)))

function removeExtras(record: object, known: ReadonlySet<string>): void {
  for (const [key, value] of Object.entries(extras(record, known))) {
    if (stringsIn(value).length > 0) delete (record as Record<string, unknown>)[key]
  }
}

/** Titles, descriptions and labels, with where they stand. */
function namesIn(workflow: Workflow): LeavingItem[] {
  const { title, description, inputs, outputs, nodes, layout } = workflow
  const named: [where: string, text: string | undefined][] = [
    ['title', title],
    ['description', description],
    ...Object.entries(nodes).map(([id, node]): [string, string | undefined] => [id, node.title]),
    ...Object.entries(inputs).flatMap(([name, { label, help }]): [string, string | undefined][] => [
      [name, label],
      [name, help],
    ]),
    ...Object.entries(outputs).map(([name, { label }]): [string, string | undefined] => [name, label]),
    ...layout.groups.map((group): [string, string] => [group.id, group.title]),
    ...Object.entries(layout.marks ?? {}).flatMap(([id, mark]) =>
      Object.values(mark.labels ?? {}).map((label): [string, string] => [id, label]),
    ),
  ]
  return named.flatMap(([where, text]) => (text?.trim() ? [{ where, text }] : []))
}

function removeNames(workflow: Workflow): void {
  workflow.title = ''
  delete workflow.description
  for (const node of Object.values(workflow.nodes)) delete node.title
  for (const input of Object.values(workflow.inputs)) {
    delete input.label
    delete input.help
  }
  for (const output of Object.values(workflow.outputs)) delete output.label
  for (const group of workflow.layout.groups) group.title = ''
  for (const mark of Object.values(workflow.layout.marks ?? {})) delete mark.labels
}
