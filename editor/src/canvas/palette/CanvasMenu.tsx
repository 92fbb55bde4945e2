import { useReactFlow } from '@xyflow/react'
import { ContextMenu } from 'radix-ui'
import { Fragment, type ReactNode, useState } from 'react'
import { useText } from '../../i18n/index.ts'
import { canvasStore, type FlowEdge, type FlowNode, selectOnly } from '../canvas-store.ts'
import { type CanvasCommand, commandById } from '../commands.ts'
import { GroupColours } from '../groups/GroupColours.tsx'
import { groupOfItem } from '../groups/group-ids.ts'
import { useKeyText } from '../keys/key-bindings.ts'
import { useLongPress } from '../keys/use-long-press.ts'
import { revealNode } from '../view/reveal.ts'
import { MENU_ENTRIES, type MenuTarget } from './menu-entries.ts'
import { runCommand } from './run-command.ts'

const SETTLE_MS = 700

/** The right button, the menu key, or a long press. Every entry shows its shortcut. */
export function CanvasMenu({ children }: { children: ReactNode }) {
  const flow = useReactFlow<FlowNode, FlowEdge>()
  const longPress = useLongPress()
  const [openedAt, setOpenedAt] = useState(0)
  const [target, setTarget] = useState<MenuTarget>('pane')
  function aim(event: React.MouseEvent): void {
    setOpenedAt(Date.now())
    const element = event.target as Element
    const row = element.closest<HTMLElement>('[data-outline-node]')?.dataset.outlineNode
    const node = row ?? element.closest<HTMLElement>('.react-flow__node')?.dataset.id
    const edge = element.closest<HTMLElement>('.react-flow__edge')?.dataset.id
    const at = flow.screenToFlowPosition({ x: event.clientX, y: event.clientY })
    canvasStore.setState({ pointer: at })
    const isGroup = node !== undefined && groupOfItem(node) !== null
    const isFrame = element.closest('.frame') !== null
    setTarget(isGroup ? (isFrame ? 'group' : 'box') : node ? 'node' : edge ? 'edge' : 'pane')
    const { nodes, edges } = canvasStore.getState()
    if (node && !nodes.find((item) => item.id === node)?.selected) row ? revealNode(row) : selectOnly([node])
    if (edge) {
      selectOnly([])
      canvasStore.setState({ edges: edges.map((item) => ({ ...item, selected: item.id === edge })) })
    }
  }
  return (
    <ContextMenu.Root modal={false}>
      <ContextMenu.Trigger asChild onContextMenu={aim} {...longPress}>
        {children}
      </ContextMenu.Trigger>
      <ContextMenu.Portal>
        <ContextMenu.Content
          className="menu"
          // The finger that asked for the menu focuses the node when it lifts; that closes nothing.
          onFocusOutside={(event) => event.preventDefault()}
          onPointerDownOutside={(event) => Date.now() - openedAt < SETTLE_MS && event.preventDefault()}
        >
          {(target === 'group' || target === 'box') && <GroupColours />}
          {MENU_ENTRIES[target].map((group, index) => (
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
  const keys = useKeyText(command.id)
  return (
    // The menu gives the focus back when it closes; what opens a field waits for that.
    <ContextMenu.Item
      className="menu-item"
      disabled={command.possible?.() === false}
      onSelect={() => setTimeout(() => runCommand(command, flow), 60)}
    >
      {t(command.label)}
      <kbd className="menu-tail">{keys}</kbd>
    </ContextMenu.Item>
  )
}
