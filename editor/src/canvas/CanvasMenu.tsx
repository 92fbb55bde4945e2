import { useReactFlow } from '@xyflow/react'
import { ContextMenu } from 'radix-ui'
import { Fragment, type ReactNode, useState } from 'react'
import { useText } from '../i18n/index.ts'
import { canvasStore, type FlowEdge, type FlowNode, selectOnly } from './canvas-store.ts'
import { type CanvasCommand, commandById } from './commands.ts'
import { isMac, keyText } from './key-match.ts'

type Target = 'node' | 'edge' | 'pane'

/** Commands by what was clicked, in groups with a line between. */
const ENTRIES: Record<Target, string[][]> = {
  node: [['runToHere'], ['rename', 'duplicate', 'copy', 'cut'], ['mute', 'bypass'], ['delete']],
  edge: [['delete']],
  pane: [
    ['palette', 'paste', 'pasteLinked'],
    ['undo', 'redo'],
    ['selectAll', 'fit', 'open', 'save', 'shortcuts'],
  ],
}

/** The right button, the menu key, or a long press. Every entry shows its shortcut. */
export function CanvasMenu({ children }: { children: ReactNode }) {
  const flow = useReactFlow<FlowNode, FlowEdge>()
  const [target, setTarget] = useState<Target>('pane')
  function aim(event: React.MouseEvent): void {
    const element = event.target as Element
    const node = element.closest<HTMLElement>('.react-flow__node')?.dataset.id
    const edge = element.closest<HTMLElement>('.react-flow__edge')?.dataset.id
    const at = flow.screenToFlowPosition({ x: event.clientX, y: event.clientY })
    canvasStore.setState({ pointer: at })
    setTarget(node ? 'node' : edge ? 'edge' : 'pane')
    const { nodes, edges } = canvasStore.getState()
    if (node && !nodes.find((item) => item.id === node)?.selected) selectOnly([node])
    if (edge) {
      selectOnly([])
      canvasStore.setState({ edges: edges.map((item) => ({ ...item, selected: item.id === edge })) })
    }
  }
  return (
    <ContextMenu.Root>
      <ContextMenu.Trigger asChild onContextMenu={aim}>
        {children}
      </ContextMenu.Trigger>
      <ContextMenu.Portal>
        <ContextMenu.Content className="menu">
          {ENTRIES[target].map((group, index) => (
            <Fragment key={group[0]}>
              {index > 0 && <ContextMenu.Separator className="menu-line" />}
              {group.map((id) => (
                <MenuEntry key={id} command={commandById(id)} />
              ))}
            </Fragment>
          ))}
        </ContextMenu.Content>
      </ContextMenu.Portal>
    </ContextMenu.Root>
  )
}

function MenuEntry({ command }: { command: CanvasCommand }) {
  const t = useText()
  const flow = useReactFlow<FlowNode, FlowEdge>()
  return (
    // The menu gives the focus back when it closes; what opens a field waits for that.
    <ContextMenu.Item className="menu-item" onSelect={() => setTimeout(() => command.run(flow), 30)}>
      {t(command.label)}
      <kbd className="menu-tail">{keyText(command.keys[0] ?? '', isMac())}</kbd>
    </ContextMenu.Item>
  )
}
