import { useMemo } from 'react'
import { sameSong } from '../beat-grid/known-beats.ts'
import { LargeView } from '../beat-grid/LargeView.tsx'
import { RunFirst } from '../beat-grid/RunFirst.tsx'
import { useInputBeats } from '../beat-grid/use-input-beats.ts'
import { useDocument } from '../document/document-store.ts'
import { useText } from '../i18n/index.ts'
import { useRun } from '../run/run-store.ts'
import { useDescriptors } from '../view/catalog-store.ts'
import { useSibling } from '../widgets/siblings.ts'
import { sameValue, type WidgetProps } from '../widgets/widget.ts'
import { ShotStrip } from './ShotStrip.tsx'
import type { ShotsDisplay } from './shot-plan.ts'

/** The shot strip where a run has planned; where none has, what makes a plan. */
export function ShotsField({ id, node, label, param, value, disabled, onChange, onDone }: WidgetProps) {
  const t = useText()
  const { shown, isStale } = usePlanOf(node, param.name)
  const { known, source } = useInputBeats(node)
  // With the analysis, so that its beats can be changed, too, where everything is kept already.
  const wanted = source ? [source, node] : [node]
  const framing = useSibling(node, 'framing')
  const partSeconds = useSibling(node, 'partSeconds')
  if (!shown) return <RunFirst id={id} nodes={wanted} label={label} text={t('shots.runFirst')} />
  const strip = (large: boolean) => (
    <ShotStrip
      key={shown.durationSeconds}
      node={node}
      label={label}
      shown={shown}
      beats={known?.beats ?? null}
      settings={{
        framing: framing === 'wide' ? 'wide' : 'varied',
        partSeconds: typeof partSeconds === 'number' ? partSeconds : null,
      }}
      value={value}
      disabled={disabled}
      large={large}
      onChange={onChange}
      onDone={onDone}
    />
  )
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would bring a frame and a legend of its own.
    <div id={id} role="group" aria-label={label} className="large-field nodrag">
      {strip(false)}
      {isStale && <RunFirst id={`${id}-stale`} nodes={wanted} label={t('shots.stale')} text={t('shots.stale')} />}
      <LargeView title={label}>{strip(true)}</LargeView>
    </div>
  )
}

/** What the last run planned for this very song; stale where other settings of the node would plan otherwise. */
function usePlanOf(node: string, edits: string): { shown: ShotsDisplay | null; isStale: boolean } {
  const workflow = useDocument((state) => state.workflow)
  const ran = useRun((state) => state.workflow)
  const items = useRun((state) => state.displays[node])
  const descriptors = useDescriptors()
  return useMemo(() => {
    const shown = items?.find((item): item is ShotsDisplay => item.kind === 'shots') ?? null
    if (!shown || !ran || !sameSong(workflow, ran, descriptors, node)) return { shown: null, isStale: false }
    const settings = (of: typeof workflow) => {
      const { [edits]: _, ...rest } = of.nodes[node]?.params ?? {}
      return rest
    }
    return { shown, isStale: !sameValue(settings(workflow), settings(ran)) }
  }, [workflow, ran, items, descriptors, node, edits])
}
