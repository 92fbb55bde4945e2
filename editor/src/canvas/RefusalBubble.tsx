import { CircleSlash, X } from 'lucide-react'
import { useEffect } from 'react'
import { useText } from '../i18n/index.ts'
import { nodeText } from '../i18n/node-text.ts'
import { Button, IconButton } from '../ui/Button.tsx'
import { useDescriptors } from '../view/catalog-store.ts'
import { useView } from '../view/view-store.ts'
import { insertConverter } from './actions.ts'
import { canvasStore, useCanvas } from './canvas-store.ts'
import { refusalText } from './refusal-text.ts'

const SHOWN_MS = 9000

/** Why the link was refused, at the place where it was let go, with a way out where there is one. */
export function RefusalBubble() {
  const t = useText()
  const language = useView((state) => state.language)
  const bubble = useCanvas((state) => state.bubble)
  const descriptors = useDescriptors()
  useEffect(() => {
    if (!bubble) return
    const timer = setTimeout(() => canvasStore.setState({ bubble: null }), SHOWN_MS)
    return () => clearTimeout(timer)
  }, [bubble])
  if (!bubble) return null
  const { refusal, screen } = bubble
  const converters = refusal.code === 'type_mismatch' ? refusal.converters.slice(0, 2) : []
  return (
    <div
      className="bubble"
      role="alert"
      style={{ left: Math.min(screen.x, innerWidth - 300), top: Math.min(screen.y + 14, innerHeight - 120) }}
    >
      <p>
        <CircleSlash size={15} aria-hidden="true" />
        {refusalText(refusal, t)}
      </p>
      {converters.map((type) => {
        const descriptor = descriptors.get(type)
        return (
          descriptor && (
            <Button key={type} size="small" onClick={() => insertConverter(type, bubble)}>
              {t('refusal.insert', { node: nodeText(descriptor, language).title })}
            </Button>
          )
        )
      })}
      <IconButton label={t('app.dismiss')} onClick={() => canvasStore.setState({ bubble: null })}>
        <X size={14} />
      </IconButton>
    </div>
  )
}
