import type { Issue, NodeDescriptor, ParamDescriptor } from '@beatloom/core'
import { ChevronRight, RotateCcw } from 'lucide-react'
import { useMemo, useState } from 'react'
import { documentStore, useDocument } from '../../document/document-store.ts'
import { resetParams } from '../../document/param-edits.ts'
import { useText } from '../../i18n/index.ts'
import type { NodeText } from '../../i18n/node-text.ts'
import { sameValue } from '../../widgets/widget.ts'
import { issueInPlace } from '../run/issue-in-place.ts'
import { ParamRow } from './ParamRow.tsx'

interface ParamFormProps {
  id: string
  descriptor: NodeDescriptor
  words: NodeText
  problems: readonly Issue[]
}

/** The node's params; rare ones are folded away unless something feeds them or is wrong with them. */
export function ParamForm({ id, descriptor, words, problems }: ParamFormProps) {
  const t = useText()
  const [open, setOpen] = useState(false)
  const links = useDocument((state) => state.workflow.nodes[id]?.links)
  const locked = useDocument((state) => state.workflow.layout.marks?.[id]?.locked === true)
  const advanced = useMemo(() => descriptor.params.filter((param) => param.advanced), [descriptor])
  if (descriptor.params.length === 0) return null
  const problemOf = (param: ParamDescriptor) =>
    problems.filter((issue) => issue.param === param.name).map(issueInPlace)[0]
  const inSight = (param: ParamDescriptor) =>
    !param.advanced || open || links?.[param.name] !== undefined || problemOf(param) !== undefined
  return (
    <div className="params" data-locked={locked}>
      {descriptor.params.filter(inSight).map((param) => (
        <ParamRow key={param.name} node={id} param={param} words={words} locked={locked} problem={problemOf(param)} />
      ))}
      <div className="params-foot">
        {advanced.length > 0 && (
          <button type="button" className="params-more nodrag" aria-expanded={open} onClick={() => setOpen(!open)}>
            <ChevronRight size={13} aria-hidden="true" />
            {t('node.advanced', { n: advanced.length })}
          </button>
        )}
        {!locked && <ResetAll id={id} descriptor={descriptor} />}
      </div>
    </div>
  )
}

/** Shown once two values differ from their defaults; a single one has its own button. */
function ResetAll({ id, descriptor }: { id: string; descriptor: NodeDescriptor }) {
  const t = useText()
  const changed = useDocument(({ workflow }) => {
    const saved = workflow.nodes[id]?.params ?? {}
    return descriptor.params.filter(({ name, default: usual }) => name in saved && !sameValue(saved[name], usual))
      .length
  })
  if (changed < 2) return null
  return (
    <button
      type="button"
      className="params-more nodrag"
      onClick={() => documentStore.getState().edit(resetParams([id]))}
    >
      <RotateCcw size={12} aria-hidden="true" />
      {t('node.resetValues', { n: changed })}
    </button>
  )
}
