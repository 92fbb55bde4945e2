import { LockKeyhole, Maximize2, Pin } from 'lucide-react'
import { useDocument } from '../../document/document-store.ts'
import { toggleMark } from '../../document/marks.ts'
import { skippedByMute } from '../../document/muted.ts'
import { useText } from '../../i18n/index.ts'
import { nodeText } from '../../i18n/node-text.ts'
import { useDescriptors } from '../../view/catalog-store.ts'
import { useView } from '../../view/view-store.ts'

/** In a node's head: what a person marked it as, and whether a run will skip it. */
export function NodeMarks({ id }: { id: string }) {
  const t = useText()
  const edit = useDocument((state) => state.edit)
  const mark = useDocument((state) => state.workflow.layout.marks?.[id])
  return (
    <>
      <SkippedMark id={id} />
      {mark?.pinned && (
        <span className="node-mark" role="img" aria-label={t('mark.pinned')} title={t('mark.pinned')}>
          <Pin size={13} aria-hidden="true" />
        </span>
      )}
      {mark?.locked && (
        <span className="node-mark" role="img" aria-label={t('mark.locked')} title={t('mark.locked')}>
          <LockKeyhole size={13} aria-hidden="true" />
        </span>
      )}
      {mark?.collapsed && (
        <button
          type="button"
          className="frame-tool nodrag"
          aria-label={t('mark.collapsed')}
          title={t('mark.collapsed')}
          onClick={() => edit(toggleMark([id], 'collapsed'))}
        >
          <Maximize2 size={13} aria-hidden="true" />
        </button>
      )}
    </>
  )
}

function SkippedMark({ id }: { id: string }) {
  const t = useText()
  const language = useView((state) => state.language)
  const descriptors = useDescriptors()
  const muted = useDocument((state) => skippedByMute(state.workflow, descriptors).get(id))
  const type = useDocument((state) => (muted === undefined ? '' : (state.workflow.nodes[muted]?.type ?? '')))
  const title = useDocument((state) => (muted === undefined ? undefined : state.workflow.nodes[muted]?.title))
  if (muted === undefined) return null
  const descriptor = descriptors.get(type)
  const node = title ?? (descriptor ? nodeText(descriptor, language).title : type)
  const text = t('mark.skippedBy', { node })
  return (
    <span className="node-mode" data-mode="skipped" title={text}>
      {t('mark.skipped')}
      <span className="visually-hidden">{text}</span>
    </span>
  )
}
