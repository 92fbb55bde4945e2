import type { ParamDescriptor } from '@beatloom/core'
import { RotateCcw, SquareCheckBig, SquarePlus } from 'lucide-react'
import { memo, useId } from 'react'
import { toggleDeclaredInput } from '../../document/declare-input.ts'
import { documentStore, useDocument } from '../../document/document-store.ts'
import { linksOf, resetParam, setParam } from '../../document/edits.ts'
import { useText } from '../../i18n/index.ts'
import type { NodeText } from '../../i18n/node-text.ts'
import { ToolButton } from '../../ui/ToolButton.tsx'
import { FieldWidget } from '../../widgets/FieldWidget.tsx'
import { sameValue, widgetOf } from '../../widgets/widget.ts'
import { ParamPort } from '../ports/ParamPort.tsx'
import { FedParam } from './FedParam.tsx'

interface ParamRowProps {
  node: string
  param: ParamDescriptor
  words: NodeText
  locked: boolean
  problem: string | undefined
}

/** One value: its label, which is an input too where a link can feed it, and the widget that edits it. */
export const ParamRow = memo(function ParamRow({ node, param, words, locked, problem }: ParamRowProps) {
  const t = useText()
  const id = useId()
  const { edit, seal } = documentStore.getState()
  const { name } = param
  const saved = useDocument((state) => state.workflow.nodes[node]?.params[name])
  const link = useDocument((state) => linksOf(state.workflow.nodes[node]?.links[name])[0])
  const declared = useDocument((state) =>
    Object.values(state.workflow.inputs).some((input) => input.node === node && input.param === name),
  )
  const kind = widgetOf(param)
  const changed = saved !== undefined && !sameValue(saved, param.default)
  const label = words.param(param)
  return (
    <div
      className="param"
      data-param={name}
      data-kind={link ? 'fed' : kind}
      data-changed={changed}
      data-problem={problem !== undefined}
    >
      <div className="param-label">
        {param.port && <ParamPort node={node} param={param} label={label} type={param.port} fed={link !== undefined} />}
        <label htmlFor={id} title={words.help(param)}>
          {label}
        </label>
        {changed && (
          <span className="param-dot" role="img" aria-label={t('param.changed')} title={t('param.changed')} />
        )}
        <span className="param-tools">
          {changed && !locked && (
            <ToolButton
              className="param-tool nodrag"
              label={t('param.reset', { name: label })}
              onClick={() => edit(resetParam(node, name))}
            >
              <RotateCcw size={12} />
            </ToolButton>
          )}
          <ToolButton
            className="param-tool nodrag"
            label={t('param.onForm', { name: label })}
            pressed={declared}
            onClick={() => edit(toggleDeclaredInput(node, name))}
          >
            {declared ? <SquareCheckBig size={12} /> : <SquarePlus size={12} />}
          </ToolButton>
        </span>
      </div>
      {link ? (
        <FedParam id={id} node={node} param={name} from={link} locked={locked} label={label} />
      ) : (
        <fieldset className="field-lock" disabled={locked}>
          <FieldWidget
            id={id}
            param={param}
            value={saved ?? param.default}
            label={label}
            choiceLabel={(value) => words.choice(param, value)}
            onChange={(value, together) =>
              edit(setParam(node, name, value), together ?? `param:${node}.${name}`, together !== undefined)
            }
            onDone={seal}
            node={node}
            disabled={locked}
          />
        </fieldset>
      )}
    </div>
  )
})
