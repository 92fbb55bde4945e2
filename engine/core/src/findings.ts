import { nearestName } from './graph.ts'
import type { Issue } from './issues.ts'
import type { Workflow } from './workflow.ts'

/** A problem before anybody asked whether a wanted output depends on it. */
export type Finding = Omit<Issue, 'severity'> & {
  /** An error whatever the outputs: it concerns the request, not a node. */
  always?: boolean
  /** A warning whatever the outputs: the run goes on and decides. */
  mild?: boolean
}

/** The problems of one workflow, in the order they were found. */
export class Findings {
  readonly list: Finding[] = []
  readonly #workflow: Workflow

  constructor(workflow: Workflow) {
    this.#workflow = workflow
  }

  add(finding: Finding): void {
    this.list.push(finding)
  }

  /** The declared input's name where there is one, since that is what the person typed. */
  nameOfParam(id: string, param: string): string {
    const input = Object.entries(this.#workflow.inputs).find(
      ([, target]) => target.node === id && target.param === param,
    )
    return input ? `${input[0]} (node "${id}", param "${param}")` : `Node "${id}", param "${param}"`
  }
}

/** ` (did you mean "x"?)`, or nothing. */
export function didYouMean(name: string, valid: readonly string[]): string {
  const near = nearestName(name, valid)
  return near === null ? '' : ` (did you mean "${near}"?)`
}

export function rangeText(min: number | undefined, max: number | undefined): string {
  if (min !== undefined && max !== undefined) return `from ${min} to ${max}`
  return min === undefined ? `at most ${max}` : `at least ${min}`
}

export const sentence = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`)
