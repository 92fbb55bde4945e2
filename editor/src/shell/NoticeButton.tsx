import { Bell } from 'lucide-react'
import { lazy, Suspense, useRef, useState } from 'react'
import { useText } from '../i18n/index.ts'
import { IconButton } from '../ui/Button.tsx'

// Few open it, and the page that all see first stays light.
const NoticeSettings = lazy(() => import('./NoticeSettings.tsx').then((module) => ({ default: module.NoticeSettings })))

/** How to be told of jobs that end while one looks elsewhere. */
export function NoticeButton() {
  const t = useText()
  const button = useRef<HTMLSpanElement>(null)
  const [open, setOpen] = useState(false)
  return (
    <span ref={button} className="notice-anchor">
      <IconButton label={t('notices.open')} aria-expanded={open} aria-haspopup="dialog" onClick={() => setOpen(!open)}>
        <Bell size={18} />
      </IconButton>
      {open && (
        <Suspense>
          <NoticeSettings anchor={button} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </span>
  )
}
