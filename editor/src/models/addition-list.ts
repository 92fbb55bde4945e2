import type { ModelAddition } from '../api/types.ts'
import { nameFrom } from './model-source.ts'

/** The name the model gets. */
export const nameOf = ({ model, name, source }: ModelAddition): string => model ?? (name || nameFrom(source))

/** The list with news of one addition. News may overtake each other: what has ended does not run again. */
export function withAddition(additions: readonly ModelAddition[], news: ModelAddition): ModelAddition[] {
  const at = additions.findIndex(({ id }) => id === news.id)
  if (at < 0) return [...additions, news]
  if (news.state === 'running' && additions[at]?.state !== 'running') return [...additions]
  return additions.with(at, news)
}

/**
 * The additions worth showing, the latest first: those that run; those that failed or were cancelled, until the same
 * model is tried again; those that are done, where they began in this window.
 */
export function shownAdditions(
  additions: readonly ModelAddition[],
  mine: ReadonlySet<string>,
  hidden: ReadonlySet<string>,
): ModelAddition[] {
  const last = new Map(additions.map((addition) => [nameOf(addition), addition.id]))
  return additions
    .filter((addition) => {
      if (addition.state === 'running') return true
      if (hidden.has(addition.id) || last.get(nameOf(addition)) !== addition.id) return false
      return addition.state === 'done' ? mine.has(addition.id) : true
    })
    .toReversed()
}
