import { CircleSlash, X } from 'lucide-react'
import { useEffect, useMemo } from 'react'
import { useText } from '../../i18n/index.ts'
import { nodeText } from '../../i18n/node-text.ts'
import { Button, IconButton } from '../../ui/Button.tsx'
import { useDescriptors } from '../../view/catalog-store.ts'
import { useView } from '../../view/view-store.ts'
import { canvasStore, useCanvas } from '../canvas-store.ts'
import { applyFix, fixesFor, type LinkFix } from './link-fixes.ts'
import { refusalText } from './refusal-text.ts'

const SHOWN_MS = 9000
let told = 0

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
  // A screen reader is told again what it was told before only where the words are new to the page.
  // biome-ignore lint/correctness/useExhaustiveDependencies: each bubble gets a number of its own.
  const turn = useMemo(() => ++told, [bubble])
  if (!bubble) return null
  const { refusal, screen } = bubble
  const label = (fix: LinkFix): string | null => {
    if (fix.kind === 'unlock') return t('refusal.unlock')
    const descriptor = descriptors.get(fix.type)
    return descriptor ? t('refusal.insert', { node: nodeText(descriptor, language).title }) : null
  }
  return (
    <div
      key={turn}
      className="bubble"
      role="alert"
      style={{
        left: Math.max(8, Math.min(screen.x, innerWidth - 300)),
        top: Math.min(screen.y + 14, innerHeight - 140),
      }}
    >
      <p>
        <CircleSlash size={15} aria-hidden="true" />
        {refusalText(refusal, t)}
      </p>
      {fixesFor(refusal).map((fix) => {
        const text = label(fix)
        return (
          text && (
            <Button key={text} size="small" onClick={() => applyFix(fix, bubble)}>
              {text}
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
