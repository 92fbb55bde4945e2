import { Popover } from 'radix-ui'
import { type ReactNode, useState } from 'react'
import { documentStore } from '../../document/document-store.ts'
import { useText } from '../../i18n/index.ts'
import { catalogStore } from '../../view/catalog-store.ts'
import { useView } from '../../view/view-store.ts'
import { reasonText } from './reason-text.ts'

interface WhyProps {
  id: string
  reason: string
  children: ReactNode
}

/** "Why did this run?": names the first thing that changed. The bubble is made when asked for, not for every node. */
export function WhyButton({ id, reason, children }: WhyProps) {
  const t = useText()
  const [open, setOpen] = useState(false)
  const button = (
    <button
      type="button"
      className="why-button nodrag"
      aria-label={t('why.ask')}
      title={t('why.ask')}
      aria-expanded={open}
      onClick={() => setOpen(!open)}
    >
      {children}
    </button>
  )
  if (!open) return button
  return (
    <Popover.Root open onOpenChange={setOpen}>
      <Popover.Anchor asChild>{button}</Popover.Anchor>
      <Popover.Portal>
        <Popover.Content className="menu why" sideOffset={6} aria-label={t('why.ask')}>
          <WhyText id={id} reason={reason} />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  )
}

function WhyText({ id, reason }: Omit<WhyProps, 'children'>) {
  const t = useText()
  const language = useView((state) => state.language)
  const { workflow } = documentStore.getState()
  const { descriptors } = catalogStore.getState()
  return (
    <>
      <h2>{t('why.ask')}</h2>
      <p>{reasonText(reason, workflow, descriptors, id, t, language)}</p>
    </>
  )
}
