import { Volume2 } from 'lucide-react'
import { Popover } from 'radix-ui'
import type { RefObject } from 'react'
import { useText } from '../i18n/index.ts'
import { playChime } from '../run/chime.ts'
import type { Ending } from '../run/end-notices.ts'
import { IconButton } from '../ui/Button.tsx'
import { Toggle } from '../ui/Toggle.tsx'
import { changeSettings, type Notices, toast, useView, viewStore } from '../view/view-store.ts'

const ENDINGS: readonly Ending[] = ['success', 'failure']

interface NoticeSettingsProps {
  anchor: RefObject<HTMLElement | null>
  onClose(): void
}

/** Sound and system notification, for success and for failure apart. */
export function NoticeSettings({ anchor, onClose }: NoticeSettingsProps) {
  const t = useText()
  const notices = useView((state) => state.notices)
  return (
    <Popover.Root open onOpenChange={(open) => !open && onClose()}>
      <Popover.Anchor virtualRef={anchor as RefObject<HTMLElement>} />
      <Popover.Portal>
        <Popover.Content
          className="menu notice-settings"
          sideOffset={8}
          collisionPadding={8}
          align="end"
          aria-label={t('notices.open')}
          onInteractOutside={(event) => anchor.current?.contains(event.target as Node) && event.preventDefault()}
          onCloseAutoFocus={(event) => {
            event.preventDefault()
            anchor.current?.querySelector('button')?.focus()
          }}
        >
          <h2>{t('notices.title')}</h2>
          {ENDINGS.map((ending) => (
            <fieldset key={ending}>
              <legend>{t(`notices.${ending}`)}</legend>
              <div className="notice-row">
                <span>{t('notices.sound')}</span>
                <IconButton label={t('player.play')} onClick={() => playChime(ending)}>
                  <Volume2 size={15} />
                </IconButton>
                <Toggle
                  label={`${t(`notices.${ending}`)}: ${t('notices.sound')}`}
                  checked={notices[ending].sound}
                  onChange={(sound) => change(ending, { sound })}
                />
              </div>
              <div className="notice-row">
                <span>{t('notices.notification')}</span>
                <Toggle
                  label={`${t(`notices.${ending}`)}: ${t('notices.notification')}`}
                  checked={notices[ending].notification}
                  onChange={(notification) => void chooseNotification(ending, notification, t('notices.refused'))}
                />
              </div>
            </fieldset>
          ))}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  )
}

function change(ending: Ending, choice: Partial<Notices[Ending]>): void {
  const { notices } = viewStore.getState()
  changeSettings({ notices: { ...notices, [ending]: { ...notices[ending], ...choice } } })
}

/** A browser lets a page notify only after its person said yes. */
async function chooseNotification(ending: Ending, notification: boolean, refused: string): Promise<void> {
  if (notification) {
    const answer = 'Notification' in globalThis ? await Notification.requestPermission() : 'denied'
    if (answer !== 'granted') return toast(refused, 'error')
  }
  change(ending, { notification })
}
