import { useReactFlow } from '@xyflow/react'
import { useEffect } from 'react'
import { canvasStore, closeOverlays, type FlowEdge, type FlowNode } from '../canvas-store.ts'
import { runCommand } from '../palette/run-command.ts'
import { panelsStore } from '../panels-store.ts'
import { comesAsEvent } from './clipboard-keys.ts'
import { commandFor } from './key-bindings.ts'
import { isMac } from './key-match.ts'
import { rememberInRegion } from './regions.ts'

/** Where keys belong to what is being typed, chosen or asked; the cells of shots are no list that asks for an answer. */
const BUSY =
  'input:not([type=checkbox]):not([type=button]), textarea, select, [contenteditable=true], [role=dialog], [role=alertdialog], [role=menu], [role=listbox]:not(.shot-cells), [role=radiogroup], [role=slider], .palette'
/** A field on the page, as against an overlay that asks something. */
const OVERLAY = '[role=dialog], [role=alertdialog], [role=menu], [role=listbox]:not(.shot-cells), .palette'
/** These work from a field too. */
const FROM_FIELDS = new Set([
  'run',
  'runNext',
  'cancel',
  'save',
  'saveAs',
  'open',
  'commands',
  'find',
  'nextRegion',
  'previousRegion',
])
/** These mean something else on a button that has the focus. */
const BUTTON_KEYS = new Set(['Enter', ' '])

/** Single keys never fire while something is being typed, chosen or asked. */
export function useShortcuts(): void {
  const flow = useReactFlow<FlowNode, FlowEdge>()
  useEffect(() => {
    const mac = isMac()
    function onKeyDown(event: KeyboardEvent): void {
      if (event.defaultPrevented || event.isComposing) return
      const target = event.target as Element | null
      if (canvasStore.getState().dialog !== null || panelsStore.getState().commands) return
      const held = event.ctrlKey || event.metaKey
      const onButton = target?.closest('button, a, summary, [role=button]')
      if (!held && !event.shiftKey && BUTTON_KEYS.has(event.key) && onButton) return
      const command = commandFor(event, mac)
      if (!command || comesAsEvent(command, event, mac) || command.active?.() === false) return
      const busy = target?.closest(BUSY)
      if (busy && (!FROM_FIELDS.has(command.id) || target?.closest(OVERLAY))) return
      event.preventDefault()
      if (event.key === 'Escape') closeOverlays()
      runCommand(command, flow)
    }
    const onFocus = (event: FocusEvent) => rememberInRegion(event.target as HTMLElement)
    addEventListener('keydown', onKeyDown)
    addEventListener('focusin', onFocus)
    return () => {
      removeEventListener('keydown', onKeyDown)
      removeEventListener('focusin', onFocus)
    }
  }, [flow])
}
