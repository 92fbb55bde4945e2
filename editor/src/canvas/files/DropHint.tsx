import { FilePlus2, FileQuestion, FolderOpen } from 'lucide-react'
import { useText } from '../../i18n/index.ts'
import type { DragSummary } from './drag-summary.ts'

/** While files are dragged: what will happen when they are let go here. */
export function DropHint({ dragged }: { dragged: DragSummary | null }) {
  const t = useText()
  if (!dragged) return null
  const { workflows, media, mayCarry, others } = dragged
  return (
    <div className="drop-hint" role="status">
      {workflows > 0 && (
        <p>
          <FolderOpen size={16} aria-hidden="true" />
          {t('drop.opens', { n: workflows })}
        </p>
      )}
      {media > 0 && (
        <p>
          <FilePlus2 size={16} aria-hidden="true" />
          {mayCarry > 0 ? t('drop.nodesOrOpens', { n: media }) : t('drop.nodes', { n: media })}
        </p>
      )}
      {others > 0 && (
        <p>
          <FileQuestion size={16} aria-hidden="true" />
          {t('drop.others', { n: others })}
        </p>
      )}
    </div>
  )
}
