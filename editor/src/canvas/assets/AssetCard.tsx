import { useReactFlow } from '@xyflow/react'
import { Download, Film, Image, Music, Plus } from 'lucide-react'
import { useState } from 'react'
import { fileUrl, thumbnailUrl } from '../../api/client.ts'
import type { ListedAsset } from '../../api/types.ts'
import { fileSize } from '../../i18n/format.ts'
import { useText } from '../../i18n/index.ts'
import { useView } from '../../view/view-store.ts'
import type { FlowEdge, FlowNode } from '../canvas-store.ts'
import { startTime } from '../queue/start-time.ts'
import { ResultDialog } from '../run/ResultDialog.tsx'
import { addAssetNode } from './add-asset-node.ts'
import { carryAsset } from './asset-drag.ts'

const ICONS = { image: Image, audio: Music, video: Film }

/** One file: a press shows it, a drag or its button puts a node that loads it on the canvas. */
export function AssetCard({ asset, revealed }: { asset: ListedAsset; revealed: boolean }) {
  const t = useText()
  const flow = useReactFlow<FlowNode, FlowEdge>()
  const language = useView((state) => state.language)
  const [open, setOpen] = useState(false)
  const [broken, setBroken] = useState(false)
  const Icon = ICONS[asset.kind]
  const { reference, name, kind, mime } = asset
  const url = fileUrl(reference)
  const output = { name, type: kind, mime, file: { sha256: reference.split('/')[1] ?? '', name, url } }
  function addToMiddle(): void {
    const box = document.querySelector('.canvas')?.getBoundingClientRect()
    const middle = { x: (box?.left ?? 0) + (box?.width ?? 0) / 2 - 140, y: (box?.top ?? 0) + (box?.height ?? 0) / 3 }
    addAssetNode(asset, flow.screenToFlowPosition(middle))
  }
  return (
    <article
      className="asset-card"
      data-revealed={revealed}
      draggable
      onDragStart={(event) => carryAsset(event.dataTransfer, asset)}
      aria-label={name}
      aria-current={revealed ? 'true' : undefined}
    >
      <button
        type="button"
        className="asset-thumb"
        aria-label={`${t('assets.look', { name })} · ${t(`assets.origin.${asset.origin}`)}`}
        onClick={() => setOpen(true)}
      >
        {kind !== 'audio' && !broken ? (
          <img src={thumbnailUrl(reference)} alt="" loading="lazy" draggable={false} onError={() => setBroken(true)} />
        ) : (
          <Icon size={24} aria-hidden="true" />
        )}
        <span className="asset-kind">
          <Icon size={11} aria-hidden="true" />
          {t(`assets.origin.${asset.origin}`)}
        </span>
      </button>
      <p className="asset-name" title={name}>
        {name}
      </p>
      <div className="asset-line">
        <span title={startTime(asset.createdAt, language)}>{fileSize(asset.sizeBytes)}</span>
        <button
          type="button"
          className="asset-tool"
          aria-label={t('assets.add', { name })}
          title={t('assets.add', { name })}
          onClick={addToMiddle}
        >
          <Plus size={15} aria-hidden="true" />
        </button>
        <a
          className="asset-tool"
          href={url}
          download={name}
          aria-label={t('assets.download', { name })}
          title={t('assets.download', { name })}
        >
          <Download size={14} aria-hidden="true" />
        </a>
      </div>
      {open && <ResultDialog outputs={[output]} onClose={() => setOpen(false)} />}
    </article>
  )
}
