import { Minimize2 } from 'lucide-react'
import { useText } from '../../i18n/index.ts'
import { Button } from '../../ui/Button.tsx'
import { togglePart } from '../panels-store.ts'
import { useKeyText } from './key-bindings.ts'

/** The way back from focus mode, for whoever does not know its key. */
export function LeaveFocus() {
  const t = useText()
  const keys = useKeyText('focusMode')
  return (
    <Button
      className="leave-focus"
      size="small"
      icon={<Minimize2 size={14} aria-hidden="true" />}
      onClick={() => togglePart('focusMode')}
    >
      {`${t('access.leaveFocus')} (${keys})`}
    </Button>
  )
}
