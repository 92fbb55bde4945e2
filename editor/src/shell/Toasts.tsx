import { CircleAlert, Info, X } from 'lucide-react'
import { useText } from '../i18n/index.ts'
import { say } from '../i18n/sentences.ts'
import { IconButton } from '../ui/Button.tsx'
import { dismissToast, useView } from '../view/view-store.ts'

export function Toasts() {
  const t = useText()
  const toasts = useView((state) => state.toasts)
  return (
    <div className="toasts">
      {toasts.map(({ id, tone, text }) => (
        <div key={id} className="toast" data-tone={tone}>
          {tone === 'error' ? <CircleAlert size={16} aria-hidden="true" /> : <Info size={16} aria-hidden="true" />}
          <span>{say(text)}</span>
          <IconButton label={t('app.dismiss')} onClick={() => dismissToast(id)} tip="above">
            <X size={14} />
          </IconButton>
        </div>
      ))}
    </div>
  )
}
