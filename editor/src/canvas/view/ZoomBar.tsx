import { Panel, useReactFlow, useStoreApi } from '@xyflow/react'
import { Map as MapIcon, Maximize2, Minus, Mouse, Plus, Touchpad } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { useText } from '../../i18n/index.ts'
import { IconButton } from '../../ui/Button.tsx'
import { changeSettings, useView } from '../../view/view-store.ts'
import { LinkLooks } from '../links/LinkLooks.tsx'
import { onViewChange } from './on-view-change.ts'

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

/** Written into the page without React, which would draw and commit something with every frame of a zoom. */
function ZoomValue() {
  const t = useText()
  const flow = useReactFlow()
  const store = useStoreApi()
  const button = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    const reset = t('command.zoomReset')
    let shown = -1
    const show = () => {
      const zoom = Math.round(store.getState().transform[2] * 100)
      if (zoom === shown || !button.current) return
      shown = zoom
      button.current.textContent = `${zoom} %`
      button.current.setAttribute('aria-label', `${zoom} % · ${reset}`)
    }
    show()
    return onViewChange(store, show)
  }, [store, t])
  return <button ref={button} type="button" className="zoom-value" onClick={() => void flow.zoomTo(1)} />
}
