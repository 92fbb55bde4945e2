import type { Link } from '@beatloom/core'
import { Unlink } from 'lucide-react'
import { documentStore, useDocument } from '../../document/document-store.ts'
import { removeLink } from '../../document/edits.ts'
import { useText } from '../../i18n/index.ts'
import { nodeText } from '../../i18n/node-text.ts'
import { catalogStore } from '../../view/catalog-store.ts'
import { useView } from '../../view/view-store.ts'

interface FedParamProps {
  id: string
  node: string
  param: string
  from: Link
  locked: boolean
  label: string
}

/** In place of the widget while a link feeds the value: where it comes from, and the way back to typing it. */
export function FedParam({ id, node, param, from, locked, label }: FedParamProps) {
  const t = useText()
  const language = useView((state) => state.language)
  const source = useDocument(({ workflow }) => {
    const feeding = workflow.nodes[from.node]
    const descriptor = catalogStore.getState().descriptors.get(feeding?.type ?? '')
    const words = descriptor && nodeText(descriptor, language)
    const port = descriptor?.outputs.find((output) => output.name === from.port)
    return `${feeding?.title ?? words?.title ?? from.node} · ${port && words ? words.port(port) : from.port}`
  })
  return (
    <div className="param-fed">
      <output id={id} className="param-source">
        {t('port.from', { source })}
      </output>
      <button
        type="button"
        className="param-tool nodrag"
        disabled={locked}
        aria-label={t('param.unlink', { name: label })}
        title={t('param.unlink', { name: label })}
        onClick={() => documentStore.getState().edit(removeLink({ from, to: { node, port: param } }))}
      >
        <Unlink size={13} />
      </button>
    </div>
  )
}
