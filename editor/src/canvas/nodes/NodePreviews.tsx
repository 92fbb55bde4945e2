import type { Display, NodeDescriptor } from '@beatloom/core'
import { Fragment } from 'react'
import { useText } from '../../i18n/index.ts'
import { DisplayView } from '../../previews/displays.tsx'
import { MovingPreview } from '../../previews/MovingPreview.tsx'
import { useSourceSong } from '../../previews/use-source-song.ts'
import { useNodeDisplays, useNodePreview } from '../../run/run-store.ts'
import type { Preview } from '../../run/run-view.ts'
import { useView } from '../../view/view-store.ts'
import { EditBeatsButton } from './EditBeatsButton.tsx'

/** What the node showed: while it works the forming picture, afterwards its displays. */
export function NodePreviews({ id, descriptor }: { id: string; descriptor: NodeDescriptor }) {
  const preview = useNodePreview(id)
  const displays = useNodeDisplays(id)
  const live = useView((state) => state.livePreviews)
  const shown = (displays ?? []).map((item, index) => ({ item, index }))
  const extra = shown.filter(({ item }) => !shownByWidget(item, descriptor))
  if (!(preview && live) && extra.length === 0) return null
  return (
    <div className="node-previews">
      {preview && live && <LivePreview id={id} preview={preview} />}
      {extra.map(({ item, index }) => (
        <Fragment key={`${item.kind}:${index}`}>
          <DisplayView item={item} node={id} index={index} />
          {item.kind === 'beats' && <EditBeatsButton node={id} />}
        </Fragment>
      ))}
    </div>
  )
}

function LivePreview({ id, preview }: { id: string; preview: Preview }) {
  const t = useText()
  return <MovingPreview preview={preview} label={t('page.preview')} song={useSourceSong(id)} />
}

/** A file widget already shows the file that its node loads; grid and strip show their node's result as it will be. */
const shownByWidget = (item: Display, descriptor: NodeDescriptor): boolean =>
  descriptor.params.some(
    (param) =>
      (param.widget === 'file' && param.accept === item.kind) ||
      ((param.widget === 'beats' || param.widget === 'shots') && param.widget === item.kind),
  )
