import type { ParamDescriptor } from '@beatloom/core'
import { RotateCcw } from 'lucide-react'
import { useId } from 'react'
import { FedParam } from '../canvas/nodes/FedParam.tsx'
import { documentStore, useDocument } from '../document/document-store.ts'
import { linksOf } from '../document/edits.ts'
import { useText } from '../i18n/index.ts'
import type { NodeText } from '../i18n/node-text.ts'
import { IconButton } from '../ui/Button.tsx'
import { FieldWidget } from '../widgets/FieldWidget.tsx'
import { sameValue, widgetOf } from '../widgets/widget.ts'

interface ParamFieldProps {
  /** One node, or several that share the param; a change goes to all of them as one step. */
  nodes: readonly string[]
  param: ParamDescriptor
  words: NodeText
  problem?: string | undefined
}

/** A param at full width with its help in sight. */
export function ParamField({ nodes, param, words, problem }: ParamFieldProps) {
  const t = useText()
  const id = useId()
  const { name } = param
  const [node = ''] = nodes
  const workflow = useDocument((state) => state.workflow)
  const { edit, seal } = documentStore.getState()
  const savedOf = (of: string) => workflow.nodes[of]?.params[name]
  const value = savedOf(node) ?? param.default
  const isMixed = nodes.some((other) => !sameValue(savedOf(other) ?? param.default, value))
  const isChanged = nodes.some((other) => savedOf(other) !== undefined && !sameValue(savedOf(other), param.default))
  const locked = nodes.some((other) => workflow.layout.marks?.[other]?.locked === true)
  const link = linksOf(workflow.nodes[node]?.links[name])[0]
  const kind = widgetOf(param)
  const label = words.param(param)
  const help = words.help(param)
  const set = (next: unknown, together?: string) =>
    edit(
      (draft) => {
        for (const other of nodes) {
          const target = draft.nodes[other]
          if (target) target.params[name] = next
        }
      },
      together ?? `param:${nodes.join()}.${name}`,
      together !== undefined,
    )
  const reset = () =>
    edit((draft) => {
      for (const other of nodes) delete draft.nodes[other]?.params[name]
    })
  return (
    <div
      className="inspector-field param"
      data-param={name}
      data-kind={link ? 'fed' : kind}
      data-problem={problem !== undefined}
    >
      <div className="inspector-label">
        <label htmlFor={id}>{label}</label>
        {isMixed && <span className="inspector-note">{t('inspector.mixed')}</span>}
        {isChanged && !locked && (
          <IconButton label={t('param.reset', { name: label })} onClick={reset}>
            <RotateCcw size={13} />
          </IconButton>
        )}
      </div>
      {link && nodes.length === 1 ? (
        <FedParam id={id} node={node} param={name} from={link} locked={locked} label={label} />
      ) : (
        <fieldset className="field-lock" disabled={locked}>
          <FieldWidget
            id={id}
            param={param}
            value={value}
            label={label}
            choiceLabel={(choice) => words.choice(param, choice)}
            onChange={set}
            onDone={seal}
            node={node}
            disabled={locked}
          />
        </fieldset>
      )}
      {help && <p className="inspector-help">{help}</p>}
    </div>
  )
}
