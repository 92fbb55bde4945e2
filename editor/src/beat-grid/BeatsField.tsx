import { useText } from '../i18n/index.ts'
import type { WidgetProps } from '../widgets/widget.ts'
import { BeatGrid } from './BeatGrid.tsx'
import { LargeView } from './LargeView.tsx'
import { RunFirst } from './RunFirst.tsx'
import { useInputBeats } from './use-input-beats.ts'

/** The beat grid where the beats are known; where not, what makes them known. */
export function BeatsField({ id, node, label, value, disabled, onChange, onDone }: WidgetProps) {
  const t = useText()
  const { known, source } = useInputBeats(node)
  // The analysis by name: a run to this node alone would leave it out where this node's result is kept already.
  const wanted = source ? [source, node] : [node]
  if (!known) return <RunFirst id={id} nodes={wanted} label={label} text={t('beatGrid.runFirst')} />
  // Another song is another grid: zoom, playhead and choice are of the old one.
  const key = `${known.shown.durationSeconds}`
  const grid = (large: boolean) => (
    <BeatGrid
      key={key}
      node={node}
      label={label}
      known={known}
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
      {grid(false)}
      <LargeView title={label}>{grid(true)}</LargeView>
    </div>
  )
}
