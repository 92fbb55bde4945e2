import { useReactFlow } from '@xyflow/react'
import { ChevronDown, PackageX } from 'lucide-react'
import { useId, useMemo, useState } from 'react'
import { documentStore, useDocument } from '../../document/document-store.ts'
import { type MissingType, missingTypes, replaceType } from '../../document/substitutes.ts'
import { useText } from '../../i18n/index.ts'
import { nodeText } from '../../i18n/node-text.ts'
import { MissingModels } from '../../models/MissingModels.tsx'
import { useMissingModels } from '../../models/use-missing-models.ts'
import { Button } from '../../ui/Button.tsx'
import { shownText } from '../../ui/shown-text.ts'
import { useCatalogReady, useDescriptors } from '../../view/catalog-store.ts'
import { toast, useView } from '../../view/view-store.ts'
import { selectOnly } from '../canvas-store.ts'

const MOST_OFFERED = 3

/** Names the node types and models that are not installed, and offers what could take their place. */
export function MissingPanel() {
  const t = useText()
  const id = useId()
  const [open, setOpen] = useState(false)
  const models = useMissingModels()
  const ready = useCatalogReady()
  const descriptors = useDescriptors()
  const nodes = useDocument((state) => state.workflow.nodes)
  const missing = useMemo(
    // The document is read for its needs and links as well, which change only together with its nodes.
    () => (ready && Object.keys(nodes).length > 0 ? missingTypes(documentStore.getState().workflow, descriptors) : []),
    [nodes, ready, descriptors],
  )
  if (missing.length + models.length === 0) return null
  const counts = { types: missing.length, models: models.length }
  const title =
    models.length === 0
      ? t('missing.title', { n: missing.length })
      : missing.length === 0
        ? t('missing.models', { n: models.length })
        : t('missing.both', counts)
  return (
    <section className="missing-panel" aria-label={title}>
      <button type="button" aria-expanded={open} aria-controls={id} onClick={() => setOpen(!open)}>
        <PackageX size={16} aria-hidden="true" />
        <span>{title}</span>
        <ChevronDown size={14} aria-hidden="true" />
      </button>
      {open && (
        <div id={id} className="missing-list">
          {models.length > 0 && <MissingModels missing={models} />}
          {missing.length > 0 && (
            <>
              <p>{t('missing.lead')}</p>
              <ul>
                {missing.map((one) => (
                  <MissingLine key={one.type} missing={one} />
                ))}
              </ul>
            </>
          )}
        </div>
      )}
    </section>
  )
}

function MissingLine({ missing }: { missing: MissingType }) {
  const t = useText()
  const { fitView } = useReactFlow()
  const language = useView((state) => state.language)
  const descriptors = useDescriptors()
  const { type, nodes, substitutes } = missing
  const show = () => {
    selectOnly(nodes)
    void fitView({ nodes: nodes.map((node) => ({ id: node })), padding: 0.6, maxZoom: 1 })
  }
  const replace = (substitute: string) => {
    const descriptor = descriptors.get(substitute)
    const { workflow, edit } = documentStore.getState()
    if (!descriptor) return
    edit(replaceType(workflow, missing, descriptor, descriptors))
    toast(t('missing.replaced', { type: shownText(type, 60), substitute: nodeText(descriptor, language).title }))
  }
  return (
    <li>
      <p>
        <bdi>
          <code>{shownText(type, 80)}</code>
        </bdi>{' '}
        <button type="button" className="text-button" onClick={show}>
          {t('missing.nodes', { n: nodes.length })}
        </button>
      </p>
      {substitutes.length === 0 ? (
        <p className="missing-none">{t('missing.none')}</p>
      ) : (
        <p className="missing-offers">
          {substitutes.slice(0, MOST_OFFERED).map((substitute) => (
            <Button key={substitute} size="small" onClick={() => replace(substitute)}>
              {t('missing.replace', { node: nodeText(descriptors.get(substitute)!, language).title })}
            </Button>
          ))}
        </p>
      )}
    </li>
  )
}
