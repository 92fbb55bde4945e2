import type { Row } from './outline-rows.ts'

export type Move =
  | { kind: 'go'; to: string }
  | { kind: 'fold'; open: boolean }
  | { kind: 'act' }
  | { kind: 'toggle' }
  | { kind: 'unlink' }
  | null

/** What a key means in the tree: the usual ones of trees, and Delete on a port for its links. */
export function moveOf(key: string, rows: readonly Row[], current: Row): Move {
  const at = rows.findIndex((row) => row.key === current.key)
  const go = (row: Row | undefined): Move => (row ? { kind: 'go', to: row.key } : null)
  const canOpen = current.kind === 'node' || current.kind === 'group'
  switch (key) {
    case 'ArrowDown':
      return go(rows[at + 1])
    case 'ArrowUp':
      return go(rows[at - 1])
    case 'Home':
      return go(rows[0])
    case 'End':
      return go(rows.at(-1))
    case 'ArrowRight':
      if (!canOpen) return null
      return current.open
        ? go(rows[at + 1]?.parent === current.key ? rows[at + 1] : undefined)
        : { kind: 'fold', open: true }
    case 'ArrowLeft':
      if (canOpen && current.open) return { kind: 'fold', open: false }
      return go(rows.find((row) => row.key === current.parent))
    case 'Enter':
      return { kind: 'act' }
    case ' ':
      return current.kind === 'node' ? { kind: 'toggle' } : null
    case 'Delete':
    case 'Backspace':
      return current.kind === 'port' ? { kind: 'unlink' } : null
    default:
      return null
  }
}
