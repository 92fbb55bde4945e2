import { useEffect, useMemo, useRef } from 'react'
import { canvasStore, selectOnly } from '../canvas/canvas-store.ts'
import { panelsStore } from '../canvas/panels-store.ts'
import { revealNode } from '../canvas/view/reveal.ts'
import { documentStore, useDocument } from '../document/document-store.ts'
import { removeLinksOfPort } from '../document/edits.ts'
import { useText } from '../i18n/index.ts'
import { useSelectedNodes } from '../inspector/use-selected-nodes.ts'
import { useProblems } from '../shell/problem-store.ts'
import { useDescriptors } from '../view/catalog-store.ts'
import { RowWords } from './OutlineRow.tsx'
import { moveOf } from './outline-keys.ts'
import { nodeKey, outlineRows, type Row } from './outline-rows.ts'
import { fold, isOpen, outlineStore, setCurrent, useOutline } from './outline-store.ts'

interface OutlineTreeProps {
  /** Into the fields of a node, or of one of its params. */
  onOpen(node: string, param: string | null): void
}

/** The graph as a tree. Arrows go through it, Enter edits, Space selects several, Delete on a port takes its links away. */
export function OutlineTree({ onOpen }: OutlineTreeProps) {
  const t = useText()
  const tree = useRef<HTMLDivElement>(null)
  const workflow = useDocument((state) => state.workflow)
  const descriptors = useDescriptors()
  const issues = useProblems()
  const outline = useOutline((state) => state)
  const selected = useSelectedNodes()
  const rows = useMemo(
    () => outlineRows({ workflow, descriptors, issues, isOpen: (key) => isOpen(outline, key) }),
    [workflow, descriptors, issues, outline],
  )
  const fallback = rows.find((row) => row.kind === 'node' && selected.includes(row.node)) ?? rows[0]
  const current = rows.find((row) => row.key === outline.current) ?? fallback
  useFollowSelection(selected, tree)

  function focus(key: string): void {
    setCurrent(key)
    requestAnimationFrame(() => {
      const row = tree.current?.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"]`)
      row?.focus({ preventScroll: true })
      row?.scrollIntoView({ block: 'nearest' })
    })
  }

  /** Selecting in the tree selects on the canvas, and takes it to where the node is. */
  function go(row: Row, keepSelection: boolean): void {
    focus(row.key)
    if (row.kind !== 'group' && !keepSelection && !(selected.length === 1 && selected[0] === row.node))
      revealNode(row.node)
  }

  function act(row: Row): void {
    if (row.kind === 'group') fold(row.key, !row.open)
    else if (row.kind === 'port') panelsStore.setState({ linking: { node: row.node, from: row.end } })
    else if (row.kind === 'value') onOpen(row.node, row.param)
    else if (row.kind === 'problem') onOpen(row.node, row.issue.param ?? null)
    else onOpen(row.node, null)
  }

  function toggle(row: Row & { kind: 'node' }): void {
    const now = canvasStore.getState().nodes.some((item) => item.id === row.node)
    if (!now) revealNode(row.node)
    else selectOnly(selected.includes(row.node) ? selected.filter((id) => id !== row.node) : [...selected, row.node])
  }

  function onKeyDown(event: React.KeyboardEvent): void {
    if (!current || event.altKey || event.metaKey) return
    const isArrow = event.key.startsWith('Arrow')
    if (event.ctrlKey && !(isArrow && (event.key === 'ArrowUp' || event.key === 'ArrowDown'))) return
    if (event.shiftKey && !(event.key === 'ArrowUp' || event.key === 'ArrowDown')) return
    const move = moveOf(event.key, rows, current)
    if (!move) {
      // In a tree the arrows are the tree's, at its ends too.
      if (isArrow) {
        event.preventDefault()
        event.stopPropagation()
      }
      return
    }
    event.preventDefault()
    event.stopPropagation()
    switch (move.kind) {
      case 'go': {
        const row = rows.find(({ key }) => key === move.to)
        if (!row) return
        go(row, event.ctrlKey || event.shiftKey)
        if (event.shiftKey && row.kind === 'node' && !selected.includes(row.node)) toggle(row)
        return
      }
      case 'fold':
        fold(current.key, move.open)
        return
      case 'act':
        act(current)
        return
      case 'toggle':
        if (current.kind === 'node') toggle(current)
        return
      case 'unlink':
        if (current.kind === 'port') documentStore.getState().edit(removeLinksOfPort(current.end, current.end.side))
    }
  }

  return (
    <div
      ref={tree}
      className="outline-tree"
      role="tree"
      aria-label={t('canvas.label')}
      aria-multiselectable="true"
      onKeyDown={onKeyDown}
    >
      {rows.map((row) => (
        <div
          key={row.key}
          role="treeitem"
          className="outline-row"
          data-key={row.key}
          data-kind={row.kind}
          data-outline-node={row.kind === 'group' ? undefined : row.node}
          aria-level={row.level}
          aria-setsize={row.count}
          aria-posinset={row.place}
          aria-expanded={row.kind === 'node' || row.kind === 'group' ? row.open : undefined}
          aria-selected={row.kind === 'node' ? selected.includes(row.node) : false}
          tabIndex={row.key === current?.key ? 0 : -1}
          style={{ '--level': row.level } as React.CSSProperties}
          onClick={(event) => {
            const onArrow = (event.target as Element).closest('.outline-arrow')
            if ((event.ctrlKey || event.metaKey || event.shiftKey) && row.kind === 'node') {
              focus(row.key)
              return toggle(row)
            }
            if (onArrow && (row.kind === 'node' || row.kind === 'group')) fold(row.key, !row.open)
            go(row, Boolean(onArrow))
          }}
          onDoubleClick={() => act(row)}
          onKeyDown={() => undefined}
        >
          <RowWords row={row} />
        </div>
      ))}
    </div>
  )
}

/** A node selected elsewhere, such as one just added or found, becomes the current row. */
function useFollowSelection(selected: readonly string[], tree: React.RefObject<HTMLDivElement | null>): void {
  const only = selected.length === 1 ? selected[0] : undefined
  useEffect(() => {
    if (only === undefined) return
    const key = nodeKey(only)
    const { current } = outlineStore.getState()
    if (current === key || current?.startsWith(`${key}/`)) return
    setCurrent(key)
    requestAnimationFrame(() => {
      const row = tree.current?.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"]`)
      row?.scrollIntoView({ block: 'nearest' })
      const { activeElement } = document
      if (activeElement === document.body || tree.current?.contains(activeElement)) row?.focus({ preventScroll: true })
    })
  }, [only, tree])
}
