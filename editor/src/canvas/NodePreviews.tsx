import type { Display, NodeDescriptor } from '@beatloom/core'
import { useText } from '../i18n/index.ts'
import { DisplayView } from '../previews/displays.tsx'
import { MovingPreview } from '../previews/MovingPreview.tsx'
import { useNodeDisplays, useNodePreview } from '../run/run-store.ts'

/** What the node showed: while it works the forming picture, afterwards its displays. */
export function NodePreviews({ id, descriptor }: { id: string; descriptor: NodeDescriptor }) {
  const t = useText()
  const preview = useNodePreview(id)
  const displays = useNodeDisplays(id)
  const shown = displays?.filter((item) => !shownByWidget(item, descriptor)) ?? []
  if (!preview && shown.length === 0) return null
  return (
    <div className="node-previews">
      {preview && <MovingPreview preview={preview} label={t('page.preview')} />}
      {shown.map((item, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: displays have no identity but their place.
        <DisplayView key={`${item.kind}:${index}`} item={item} />
      ))}
    </div>
  )
}

/** A file widget already shows the file that its node loads. */
const shownByWidget = (item: Display, descriptor: NodeDescriptor): boolean =>
  descriptor.params.some((param) => param.widget === 'file' && param.accept === item.kind && item.kind !== 'audio')
