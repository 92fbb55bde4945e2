/**
 * Whether two documents would save as the same bytes: key order does not count, an absent value equals an undefined
 * one. Parts that both share are not looked into, so after one edit only the edited path is.
 */
export function sameWorkflow(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (Array.isArray(a) || Array.isArray(b)) {
    return (
      Array.isArray(a) &&
      Array.isArray(b) &&
      a.length === b.length &&
      a.every((item, index) => sameWorkflow(item, b[index]))
    )
  }
  const [one, two] = [a as Record<string, unknown>, b as Record<string, unknown>]
  for (const key in one) if (!sameWorkflow(one[key], two[key])) return false
  for (const key in two) if (!(key in one) && two[key] !== undefined) return false
  return true
}
