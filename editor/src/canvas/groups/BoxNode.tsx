import type { Group } from '@beatloom/core'
import { type NodeProps, useUpdateNodeInternals } from '@xyflow/react'
import { CircleAlert, LogIn, Maximize2, Unplug } from 'lucide-react'
import { memo, useEffect, useMemo } from 'react'
import { useShallow } from 'zustand/react/shallow'
import { useDocument } from '../../document/document-store.ts'
import { renameGroup } from '../../document/group-edits.ts'
import { membersOf } from '../../document/group-tree.ts'
import { useText } from '../../i18n/index.ts'
import { useRun } from '../../run/run-store.ts'
import { useProblems } from '../../shell/problem-store.ts'
import { ProgressBar } from '../../ui/ProgressBar.tsx'
import { canvasStore, type FlowNode, type OuterPort, useCanvas } from '../canvas-store.ts'
import { STATE_ICONS } from '../nodes/NodeState.tsx'
import { RenameField } from '../nodes/RenameField.tsx'
import { BoxPort } from './BoxPort.tsx'
import { boxRun } from './box-run.ts'
import { collapseGroups, enterGroup, toggleFullBox } from './group-actions.ts'
import { groupOfItem, handleOf } from './group-ids.ts'
import { groupTitle, useGroup } from './group-words.ts'

/** A sub-graph, or a collapsed frame: one box with the ports through which links reach its nodes. */
export const BoxNode = memo(function BoxNode({ id, selected, data }: NodeProps<FlowNode>) {
  const group = useGroup(groupOfItem(id) ?? '')
  return group ? <Box item={id} group={group} selected={selected} ports={data.ports ?? []} /> : null
})

interface BoxProps {
  item: string
  group: Group
  selected: boolean
  ports: readonly OuterPort[]
}

function Box({ item, group, selected, ports }: BoxProps) {
  const t = useText()
  const edit = useDocument((state) => state.edit)
  const members = useDocument(useShallow((state) => membersOf(state.workflow, group.id)))
  const renaming = useCanvas((state) => state.renaming === item)
  const run = useRun(useShallow((state) => boxRun(state.run, members)))
  const problems = useMemberProblems(members)
  const measure = useUpdateNodeInternals()
  // Ports may change while the size stays; links need to know where they are now.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the list of ports is what the measure depends on.
  useEffect(() => measure(item), [item, ports, measure])
  const title = groupTitle(group, t)
  const isSubgraph = group.kind === 'subgraph'
  const open = () => (isSubgraph ? enterGroup(group.id) : collapseGroups([group.id]))
  const count = members.length === 1 ? t('group.countOne') : t('group.count', { n: members.length })
  return (
    <section
      className="node box"
      data-kind={group.kind}
      data-colour={group.colour}
      data-state={run?.state ?? 'idle'}
      data-selected={selected}
      data-problem={problems > 0}
      aria-label={t(isSubgraph ? 'group.subgraphLabel' : 'group.frameLabel', { title, n: members.length })}
      onDoubleClick={open}
    >
      <header className="node-head">
        {renaming ? (
          <RenameField label={t('group.rename')} value={title} onRename={(text) => edit(renameGroup(group.id, text))} />
        ) : (
          <h3
            className="node-title"
            onDoubleClick={(event) => {
              event.stopPropagation()
              canvasStore.setState({ renaming: item })
            }}
          >
            {title}
          </h3>
        )}
        <BoxStateMark run={run} />
        <button
          type="button"
          className="frame-tool nodrag"
          aria-label={t(isSubgraph ? 'command.enter' : 'group.expand')}
          title={t(isSubgraph ? 'command.enter' : 'group.expand')}
          onClick={open}
        >
          {isSubgraph ? <LogIn size={14} aria-hidden="true" /> : <Maximize2 size={14} aria-hidden="true" />}
        </button>
      </header>
      {ports.length > 0 && (
        <div className="ports">
          {(['input', 'output'] as const).map((side) => (
            <div className="port-column" data-side={side} key={side}>
              {ports
                .filter((port) => port.side === side)
                .map((port) => (
                  <BoxPort key={handleOf(port)} port={port} />
                ))}
            </div>
          ))}
        </div>
      )}
      <footer className="box-foot">
        <span>{count}</span>
        {problems > 0 && (
          <span className="box-problems">
            <CircleAlert size={13} aria-hidden="true" />
            {problems === 1 ? t('group.problem') : t('group.problems', { n: problems })}
          </span>
        )}
        <MorePorts group={group.id} />
      </footer>
    </section>
  )
}

function MorePorts({ group }: { group: string }) {
  const t = useText()
  const full = useCanvas((state) => state.fullBoxes.includes(group))
  return (
    <button
      type="button"
      className="box-more nodrag"
      aria-pressed={full}
      onClick={() => toggleFullBox(group)}
      onDoubleClick={(event) => event.stopPropagation()}
    >
      <Unplug size={12} aria-hidden="true" />
      {t(full ? 'group.fewerPorts' : 'group.morePorts')}
    </button>
  )
}

function BoxStateMark({ run }: { run: ReturnType<typeof boxRun> }) {
  const t = useText()
  if (!run) return null
  const Icon = STATE_ICONS[run.state]
  return (
    <>
      <span className="node-state" data-state={run.state}>
        <Icon size={13} aria-hidden="true" />
        <span>
          {run.state === 'running' ? t('group.doneOf', { n: run.done, m: run.count }) : t(`state.${run.state}`)}
        </span>
      </span>
      {run.state === 'running' && (
        <span className="node-bar">
          <ProgressBar share={run.done / run.count} label={t('state.running')} />
        </span>
      )}
    </>
  )
}

/** How many errors the nodes inside have. */
function useMemberProblems(members: readonly string[]): number {
  const issues = useProblems()
  return useMemo(() => {
    const inside = new Set(members)
    return issues.filter((issue) => issue.severity === 'error' && issue.node && inside.has(issue.node)).length
  }, [issues, members])
}
