import type { Issue, NodeDescriptor, ParamDescriptor } from '@beatloom/core'
import { ChevronRight, RotateCcw, SquareCheckBig, SquarePlus } from 'lucide-react'
import { memo, useId, useState } from 'react'
import { toggleDeclaredInput } from '../document/declare-input.ts'
import { useDocument } from '../document/document-store.ts'
import { resetParam, setParam } from '../document/edits.ts'
import { useText } from '../i18n/index.ts'
import type { NodeText } from '../i18n/node-text.ts'
import { WIDGETS } from '../widgets/table.ts'
import { widgetOf } from '../widgets/widget.ts'

interface ParamFormProps {
  id: string
  descriptor: NodeDescriptor
  words: NodeText
  problems: readonly Issue[]
}

/** The node's params; rare ones are folded away unless they were changed. */
export function ParamForm({ id, descriptor, words, problems }: ParamFormProps) {
  const t = useText()
  const [open, setOpen] = useState(false)
  const plain = descriptor.params.filter((param) => !param.advanced)
  const advanced = descriptor.params.filter((param) => param.advanced)
  if (descriptor.params.length === 0) return null
  const row = (param: ParamDescriptor) => (
    <ParamRow
      key={param.name}
      node={id}
      param={param}
      words={words}
      problem={problems.find((issue) => issue.param === param.name)?.message}
    />
  )
  return (
    <div className="params">
      {plain.map(row)}
      {advanced.length > 0 && (
        <button type="button" className="params-more nodrag" aria-expanded={open} onClick={() => setOpen(!open)}>
          <ChevronRight size={13} aria-hidden="true" />
          {t('node.advanced', { n: advanced.length })}
        </button>
      )}
      {open && advanced.map(row)}
    </div>
  )
}

interface ParamRowProps {
  node: string
  param: ParamDescriptor
  words: NodeText
  problem: string | undefined
}

const ParamRow = memo(function ParamRow({ node, param, words, problem }: ParamRowProps) {
  const t = useText()
  const id = useId()
  const edit = useDocument((state) => state.edit)
  const seal = useDocument((state) => state.seal)
  const saved = useDocument((state) => state.workflow.nodes[node]?.params[param.name])
  const declared = useDocument((state) =>
    Object.values(state.workflow.inputs).some((input) => input.node === node && input.param === param.name),
  )
  const kind = widgetOf(param)
  const Widget = WIDGETS[kind]
  const changed = saved !== undefined && saved !== param.default
  const label = words.param(param)
  return (
    <div className="param" data-kind={kind} data-changed={changed} data-problem={problem !== undefined}>
      <div className="param-label">
        <label htmlFor={id} title={words.help(param)}>
          {label}
        </label>
        <span className="param-tools">
          {changed && (
            <button
              type="button"
              className="param-tool nodrag"
              aria-label={t('param.reset', { name: label })}
              title={t('param.reset', { name: label })}
              onClick={() => edit(resetParam(node, param.name))}
            >
              <RotateCcw size={12} />
            </button>
          )}
          <button
            type="button"
            className="param-tool nodrag"
            aria-pressed={declared}
            aria-label={t('param.onForm', { name: label })}
            title={t('param.onForm', { name: label })}
            onClick={() => edit(toggleDeclaredInput(node, param.name))}
          >
            {declared ? <SquareCheckBig size={12} /> : <SquarePlus size={12} />}
          </button>
        </span>
      </div>
      <Widget
        id={id}
        param={param}
        value={saved ?? param.default}
        label={label}
        choiceLabel={(value) => words.choice(param, value)}
        onChange={(value) => edit(setParam(node, param.name, value), `param:${node}.${param.name}`)}
        onDone={seal}
        address={`${node}.${param.name}`}
      />
    </div>
  )
})
