import { Slider } from 'radix-ui'
import { NumberWidget } from './NumberWidget.tsx'
import { clamp, numberRules, tidy, type WidgetProps } from './widget.ts'

/** A slider beside its number. Without both ends it is a number alone. */
export function SliderWidget(props: WidgetProps) {
  const rules = numberRules(props.param)
  if (!Number.isFinite(rules.min) || !Number.isFinite(rules.max)) return <NumberWidget {...props} />
  return (
    <div className="slider-row">
      <Slider.Root
        className="slider nodrag"
        min={rules.min}
        max={rules.max}
        step={rules.step}
        disabled={props.disabled}
        value={[clamp(Number(props.value ?? rules.min), rules)]}
        onValueChange={([value]) => props.onChange(tidy(value ?? rules.min))}
        onValueCommit={props.onDone}
      >
        <Slider.Track className="slider-track">
          <Slider.Range className="slider-range" />
        </Slider.Track>
        <Slider.Thumb className="slider-thumb" aria-label={props.label} />
      </Slider.Root>
      <NumberWidget {...props} />
    </div>
  )
}
