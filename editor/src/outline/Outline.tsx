import { useReactFlow } from '@xyflow/react'
import { ListTree, Plus, SquareTerminal } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { canvasStore, type FlowEdge, type FlowNode, useCanvas } from '../canvas/canvas-store.ts'
import { openPaletteAtPointer } from '../canvas/commands/view-commands.ts'
import { useKeyText } from '../canvas/keys/key-bindings.ts'
import { tabbablesIn } from '../canvas/keys/tab-order.ts'
import { CanvasMenu } from '../canvas/palette/CanvasMenu.tsx'
import { Palette } from '../canvas/palette/Palette.tsx'
import { panelsStore } from '../canvas/panels-store.ts'
import { revealNode } from '../canvas/view/reveal.ts'
import { useDocument } from '../document/document-store.ts'
import { useText } from '../i18n/index.ts'
import { SelectionFacts } from '../inspector/Inspector.tsx'
import { useSelectedNodes } from '../inspector/use-selected-nodes.ts'
import { Button } from '../ui/Button.tsx'
import '../styles/outline.css'
import { OutlineTree } from './OutlineTree.tsx'

/** The same graph without a canvas: a tree on one side, what is selected in full on the other. */
export function Outline() {
  const t = useText()
  const flow = useReactFlow<FlowNode, FlowEdge>()
  const details = useRef<HTMLElement>(null)
  const empty = useDocument((state) => Object.keys(state.workflow.nodes).length === 0)
  const selected = useSelectedNodes()
  const paletteKeys = useKeyText('palette')
  const commandKeys = useKeyText('commands')
  useRenaming(details)

  function open(node: string, param: string | null): void {
    revealNode(node)
    requestAnimationFrame(() => {
      const place = param === null ? details.current?.querySelector('.inspector-fields, .inspector-ports') : null
      const row = param === null ? place : details.current?.querySelector(`[data-param="${CSS.escape(param)}"]`)
      const fields = row ? tabbablesIn(row) : details.current ? tabbablesIn(details.current) : []
      // The tool that puts a value back comes before its field.
      const field = fields.find((element) => !element.matches('.icon-button')) ?? fields[0]
      field?.focus()
    })
  }
  function back(event: React.KeyboardEvent): void {
    if (event.key !== 'Escape' || event.defaultPrevented) return
    event.preventDefault()
    event.stopPropagation()
    document.querySelector<HTMLElement>('.outline-row[tabindex="0"]')?.focus()
  }
  return (
    <CanvasMenu>
      <main className="outline" aria-label={t('app.outline')}>
        <section className="outline-side" aria-label={t('outline.tree')}>
          <header className="outline-head">
            <h2>
              <ListTree size={16} aria-hidden="true" />
              {t('app.outline')}
            </h2>
            <Button
              size="small"
              icon={<Plus size={14} aria-hidden="true" />}
              title={paletteKeys}
              onClick={() => openPaletteAtPointer(flow)}
            >
              {t('command.palette')}
            </Button>
            <Button
              size="small"
              icon={<SquareTerminal size={14} aria-hidden="true" />}
              title={commandKeys}
              onClick={() => panelsStore.setState({ commands: true })}
            >
              {t('command.commands')}
            </Button>
          </header>
          {empty ? (
            <p className="panel-empty outline-empty">{t('access.emptyCanvas')}</p>
          ) : (
            <OutlineTree onOpen={open} />
          )}
        </section>
        <section ref={details} className="outline-details" aria-label={t('outline.details')} onKeyDown={back}>
          <SelectionFacts nodes={selected} onGo={revealNode} />
        </section>
        <Palette />
      </main>
    </CanvasMenu>
  )
}

/** Renaming happens in the name field of the details. */
function useRenaming(details: React.RefObject<HTMLElement | null>): void {
  const renaming = useCanvas((state) => state.renaming)
  useEffect(() => {
    if (renaming === null) return
    canvasStore.setState({ renaming: null })
    const field = details.current?.querySelector<HTMLInputElement>('.inspector-name input')
    field?.focus()
    field?.select()
  }, [renaming, details])
}
