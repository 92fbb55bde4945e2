import { useReactFlow } from '@xyflow/react'
import { useEffect } from 'react'
import { canvasStore, closeOverlays, type FlowEdge, type FlowNode } from './canvas-store.ts'
import { COMMANDS } from './commands.ts'
import { isMac, matchesKeys } from './key-match.ts'

const BUSY =
  'input, textarea, select, [contenteditable=true], [role=dialog], [role=menu], [role=listbox], [role=radiogroup], [role=slider], .palette'
/** These mean something else on a button that has the focus. */
const BUTTON_KEYS = new Set(['Enter', ' '])

/** Single keys never fire while something is being typed, chosen or asked. */
export function useShortcuts(): void {
  const flow = useReactFlow<FlowNode, FlowEdge>()
  useEffect(() => {
    const mac = isMac()
    function onKeyDown(event: KeyboardEvent): void {
      const target = event.target as Element | null
      const held = event.ctrlKey || event.metaKey
      if (target?.closest(BUSY) && !(held && ['Enter', 's', 'o'].includes(event.key))) return
      if (canvasStore.getState().dialog !== null) return
      if (!held && !event.shiftKey && BUTTON_KEYS.has(event.key) && target?.closest('button')) return
      const command = COMMANDS.find(({ keys }) => keys.some((combination) => matchesKeys(event, combination, mac)))
      if (!command || command.viaEvent) return
      event.preventDefault()
      if (event.key === 'Escape') closeOverlays()
      command.run(flow)
    }
    addEventListener('keydown', onKeyDown)
    return () => removeEventListener('keydown', onKeyDown)
  }, [flow])
}
