import { useReactFlow } from '@xyflow/react'
import { TriangleAlert } from 'lucide-react'
import type { ModelAddition, ModelSummary } from '../api/types.ts'
import { selectOnly } from '../canvas/canvas-store.ts'
import { documentStore, useDocument } from '../document/document-store.ts'
import { setParam } from '../document/edits.ts'
import { fileSize } from '../i18n/format.ts'
import { useText } from '../i18n/index.ts'
import { nodeText } from '../i18n/node-text.ts'
import { Button } from '../ui/Button.tsx'
import { shownText } from '../ui/shown-text.ts'
import { useDescriptors } from '../view/catalog-store.ts'
import { toast, useView } from '../view/view-store.ts'
import { AdditionProgress } from './AdditionProgress.tsx'
import type { MissingModel } from './missing-models.ts'
import { openModels } from './models-dialog.ts'
import { lacksFor, type Room } from './needed-model.ts'
import { SourceText } from './SourceText.tsx'
import { wishFor } from './use-missing-models.ts'

const MOST_NODES = 3
const MOST_OFFERED = 2

interface MissingModelLineProps {
  missing: MissingModel
  room: Room | undefined
  /** It is on its way. */
  addition: ModelAddition | undefined
  /** Installed models of the same family, where the file says which that is. */
  alike: readonly ModelSummary[]
}

/** A model that is not installed: what the file says of it, what this machine lacks, who uses it, and what can be done. */
export function MissingModelLine({ missing, room, addition, alike }: MissingModelLineProps) {
  const t = useText()
  const { need, uses } = missing
  const { title, sizeBytes, licence, source } = need
  const name = shownText(need.name, 80)
  const lacks = room ? lacksFor(need, room) : []
  const editable = uses.filter(({ param }) => param !== null)
  const replace = (model: ModelSummary) => {
    const { edit, gesture } = documentStore.getState()
    gesture(() => {
      for (const { node, param } of editable) if (param !== null) edit(setParam(node, param, model.name))
    })
    toast(t('missing.used', { name: shownText(model.title, 60), old: shownText(need.name, 60) }))
  }
  return (
    <li>
      <p className="missing-model-name">
        <bdi>{title ? shownText(title, 80) : <code>{name}</code>}</bdi>
        {title && title !== need.name && (
          <bdi>
            <code>{name}</code>
          </bdi>
        )}
      </p>
      <dl>
        <Fact label={t('missing.size')}>{sizeBytes === undefined ? null : fileSize(sizeBytes)}</Fact>
        <Fact label={t('missing.licence')}>{licence && <bdi>{shownText(licence, 80)}</bdi>}</Fact>
        <Fact label={t('missing.source')}>{source && <SourceText source={source} />}</Fact>
        <Fact label={t('missing.usedBy')}>
          <Users nodes={[...new Set(uses.map(({ node }) => node))]} />
        </Fact>
      </dl>
      {lacks.map(({ kind, needed, there }) => (
        <p key={kind} className="missing-lack">
          <TriangleAlert size={14} aria-hidden="true" />
          <span>
            {t(kind === 'memory' ? 'missing.lacksMemory' : 'missing.lacksDisk', {
              needed: fileSize(needed),
              there: fileSize(there),
            })}
          </span>
        </p>
      ))}
      {addition && <AdditionProgress addition={addition} />}
      <p className="missing-offers">
        <Button
          size="small"
          tone={addition ? 'plain' : 'primary'}
          aria-label={addition ? undefined : t('missing.addNamed', { name })}
          aria-haspopup="dialog"
          onClick={() => openModels('add', wishFor(need.name))}
        >
          {t(addition ? 'missing.progress' : 'missing.add')}
        </Button>
        {editable.length > 0 &&
          alike.slice(0, MOST_OFFERED).map((model) => (
            <Button key={model.name} size="small" onClick={() => replace(model)}>
              {t('missing.use', { name: shownText(model.title, 40) })}
            </Button>
          ))}
      </p>
    </li>
  )
}

function Fact({ label, children }: { label: string; children: React.ReactNode }) {
  const t = useText()
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children || <span className="missing-untold">{t('missing.unknown')}</span>}</dd>
    </div>
  )
}

/** The nodes by their names; a click selects one and brings it into sight. */
function Users({ nodes }: { nodes: readonly string[] }) {
  const t = useText()
  const { fitView } = useReactFlow()
  const language = useView((state) => state.language)
  const descriptors = useDescriptors()
  const saved = useDocument((state) => state.workflow.nodes)
  const show = (wanted: readonly string[]) => {
    selectOnly([...wanted])
    void fitView({ nodes: wanted.map((id) => ({ id })), padding: 0.6, maxZoom: 1 })
  }
  const nameOf = (id: string): string => {
    const node = saved[id]
    const descriptor = node && descriptors.get(node.type)
    return node?.title || (descriptor ? nodeText(descriptor, language).title : (node?.type ?? id))
  }
  if (nodes.length === 0) return t('missing.usedByFile')
  const rest = nodes.slice(MOST_NODES)
  return (
    <span className="missing-users">
      {nodes.slice(0, MOST_NODES).map((id) => (
        <button key={id} type="button" className="text-button" onClick={() => show([id])}>
          <bdi>{shownText(nameOf(id), 40)}</bdi>
        </button>
      ))}
      {rest.length > 0 && (
        <button type="button" className="text-button" onClick={() => show(nodes)}>
          {t('missing.moreNodes', { n: rest.length })}
        </button>
      )}
    </span>
  )
}
