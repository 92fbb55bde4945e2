import { ChevronRight } from 'lucide-react'
import { Fragment } from 'react'
import { useShallow } from 'zustand/react/shallow'
import { useDocument } from '../../document/document-store.ts'
import { groupTree } from '../../document/group-tree.ts'
import { useText } from '../../i18n/index.ts'
import { useCanvas } from '../canvas-store.ts'
import { leaveGroup } from './group-actions.ts'
import { groupTitle } from './group-words.ts'

/** Which sub-graph is on screen, and the way back. Absent at the top. */
export function Breadcrumb() {
  const t = useText()
  const path = useCanvas((state) => state.path)
  const title = useDocument((state) => state.workflow.title)
  const titles = useDocument(
    useShallow((state) =>
      path.map((id) => {
        const group = groupTree(state.workflow).groups.get(id)
        return group ? groupTitle(group, t) : ''
      }),
    ),
  )
  if (path.length === 0) return null
  return (
    <nav className="breadcrumb" aria-label={t('group.path')}>
      <ol>
        <li>
          <button type="button" onClick={() => leaveGroup(0)}>
            {title || t('group.top')}
          </button>
        </li>
        {titles.map((name, depth) => (
          <Fragment key={path[depth]}>
            <li aria-hidden="true">
              <ChevronRight size={14} />
            </li>
            <li>
              {depth === path.length - 1 ? (
                <span aria-current="page">{name}</span>
              ) : (
                <button type="button" onClick={() => leaveGroup(depth + 1)}>
                  {name}
                </button>
              )}
            </li>
          </Fragment>
        ))}
      </ol>
      <kbd>Esc</kbd>
    </nav>
  )
}
