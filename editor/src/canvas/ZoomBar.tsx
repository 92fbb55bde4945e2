import { Panel, useReactFlow, useStore } from '@xyflow/react'
import { Map as MapIcon, Maximize2, Minus, Mouse, Plus, Touchpad } from 'lucide-react'
import { useText } from '../i18n/index.ts'
import { IconButton } from '../ui/Button.tsx'
import { changeSettings, useView } from '../view/view-store.ts'
import { LinkLooks } from './LinkLooks.tsx'

/** Zoom, fit, minimap, and how the mouse moves the canvas. */
export function ZoomBar() {
  const t = useText()
  const flow = useReactFlow()
  const minimap = useView((state) => state.minimap)
  const navigation = useView((state) => state.navigation)
  const other = navigation === 'mouse' ? 'trackpad' : 'mouse'
  return (
    <Panel position="bottom-left" className="zoom-bar">
      <IconButton label={t('command.zoomOut')} keys="−" tip="above" onClick={() => void flow.zoomOut()}>
        <Minus size={16} />
      </IconButton>
      <ZoomValue />
      <IconButton label={t('command.zoomIn')} keys="+" tip="above" onClick={() => void flow.zoomIn()}>
        <Plus size={16} />
      </IconButton>
      <IconButton
        label={t('command.fit')}
        keys="."
        tip="above"
        onClick={() => void flow.fitView({ padding: 0.08, maxZoom: 1 })}
      >
        <Maximize2 size={16} />
      </IconButton>
      <IconButton
        label={t('command.minimap')}
        keys="Alt M"
        tip="above"
        aria-pressed={minimap}
        onClick={() => changeSettings({ minimap: !minimap })}
      >
        <MapIcon size={16} />
      </IconButton>
      <IconButton label={t(`navigation.${other}`)} tip="above" onClick={() => changeSettings({ navigation: other })}>
        {navigation === 'mouse' ? <Mouse size={16} /> : <Touchpad size={16} />}
      </IconButton>
      <LinkLooks />
    </Panel>
  )
}

/** Apart from the bar, which need not be drawn again with every frame of a zoom. */
function ZoomValue() {
  const t = useText()
  const flow = useReactFlow()
  const zoom = useStore((state) => Math.round(state.transform[2] * 100))
  return (
    <button
      type="button"
      className="zoom-value"
      aria-label={`${zoom} % · ${t('command.zoomReset')}`}
      onClick={() => void flow.zoomTo(1)}
    >
      {zoom} %
    </button>
  )
}
