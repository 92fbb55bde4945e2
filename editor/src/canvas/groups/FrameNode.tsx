import type { Group } from '@beatloom/core'
import type { NodeProps } from '@xyflow/react'
import { Minimize2 } from 'lucide-react'
import { memo } from 'react'
import { useDocument } from '../../document/document-store.ts'
import { renameGroup } from '../../document/group-edits.ts'
import { membersOf } from '../../document/group-tree.ts'
import { useText } from '../../i18n/index.ts'
import { canvasStore, type FlowNode, useCanvas } from '../canvas-store.ts'
import { RenameField } from '../nodes/RenameField.tsx'
import { collapseGroups, pickItem } from './group-actions.ts'
import { groupOfItem } from './group-ids.ts'
import { groupTitle, useGroup } from './group-words.ts'

/** A frame around its members, behind them. Its head moves it, names it, and collapses it. */
export const FrameNode = memo(function FrameNode({ id, selected }: NodeProps<FlowNode>) {
  const group = useGroup(groupOfItem(id) ?? '')
  return group ? <Frame item={id} group={group} selected={selected} /> : null
})

function Frame({ item, group, selected }: { item: string; group: Group; selected: boolean }) {
  const t = useText()
  const renaming = useCanvas((state) => state.renaming === item)
  const receiving = useCanvas((state) => state.dropFrame === group.id)
  const count = useDocument((state) => membersOf(state.workflow, group.id).length)
  const edit = useDocument((state) => state.edit)
  const title = groupTitle(group, t)
  return (
    <section
      className="frame"
      data-colour={group.colour}
      data-selected={selected}
      data-receiving={receiving}
      aria-label={t('group.frameLabel', { title, n: count })}
    >
      <header className="frame-head">
        {renaming ? (
          <RenameField label={t('group.rename')} value={title} onRename={(text) => edit(renameGroup(group.id, text))} />
        ) : (
          <button
            type="button"
            className="frame-title"
            aria-pressed={selected}
            onClick={(event) => pickItem(item, event)}
            onDoubleClick={() => canvasStore.setState({ renaming: item })}
          >
            {title}
          </button>
        )}
        <button
          type="button"
          className="frame-tool nodrag"
          aria-label={t('command.collapse')}
          title={t('command.collapse')}
          onClick={() => collapseGroups([group.id])}
        >
          <Minimize2 size={14} aria-hidden="true" />
        </button>
      </header>
    </section>
  )
}
