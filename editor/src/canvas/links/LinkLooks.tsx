import { Spline } from 'lucide-react'
import { Popover } from 'radix-ui'
import { useText } from '../../i18n/index.ts'
import { IconButton } from '../../ui/Button.tsx'
import { Segmented } from '../../ui/Segmented.tsx'
import { Toggle } from '../../ui/Toggle.tsx'
import { changeSettings, type LinkShape, type LinkShow, useView } from '../../view/view-store.ts'

const SHAPES: readonly LinkShape[] = ['curved', 'straight', 'angled']
const SHOWS: readonly LinkShow[] = ['all', 'near', 'none']

/** How links are drawn, which of them are shown, and whether nodes keep to the grid. */
export function LinkLooks() {
  const t = useText()
  const shape = useView((state) => state.linkShape)
  const show = useView((state) => state.linkShow)
  const snap = useView((state) => state.snap)
  const live = useView((state) => state.livePreviews)
  return (
    <Popover.Root>
      <Popover.Trigger asChild>
        <IconButton label={t('link.looks')} tip="above">
          <Spline size={16} />
        </IconButton>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          className="menu link-looks"
          side="top"
          align="start"
          sideOffset={8}
          aria-label={t('link.looks')}
        >
          <p>{t('link.shape')}</p>
          <Segmented
            label={t('link.shape')}
            value={shape}
            options={SHAPES.map((value) => ({ value, label: t(`link.${value}`) }))}
            onChange={(value) => changeSettings({ linkShape: value as LinkShape })}
          />
          <p>{t('link.show')}</p>
          <Segmented
            label={t('link.show')}
            value={show}
            options={SHOWS.map((value) => ({ value, label: t(`link.${value}`) }))}
            onChange={(value) => changeSettings({ linkShow: value as LinkShow })}
          />
          <div className="link-looks-row">
            <span>{t('link.snap')}</span>
            <Toggle label={t('link.snap')} checked={snap} onChange={(checked) => changeSettings({ snap: checked })} />
          </div>
          <div className="link-looks-row">
            <span>{t('preview.live')}</span>
            <Toggle
              label={t('preview.live')}
              checked={live}
              onChange={(checked) => changeSettings({ livePreviews: checked })}
            />
          </div>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  )
}
