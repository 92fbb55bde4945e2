import { Check } from 'lucide-react'
import { Chip } from '../ui/Chip.tsx'
import { choicesOf, type WidgetProps } from './widget.ts'

/** Any number of choices: each can be on or off; kept in the order the node gives them. */
export function MultiChoiceWidget({ param, value, label, choiceLabel, onChange, onDone }: WidgetProps) {
  const chosen = new Set((Array.isArray(value) ? value : []).map(String))
  const choices = choicesOf(param)
  function toggle(choice: string): void {
    const next = new Set(chosen)
    if (!next.delete(choice)) next.add(choice)
    onChange(choices.filter((item) => next.has(String(item))))
    onDone()
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would bring a frame and a legend of its own.
    <div className="chips nodrag" role="group" aria-label={label}>
      {choices.map(String).map((choice) => (
        <Chip key={choice} aria-pressed={chosen.has(choice)} onClick={() => toggle(choice)}>
          {chosen.has(choice) && <Check size={12} aria-hidden="true" />}
          {choiceLabel(choice)}
        </Chip>
      ))}
    </div>
  )
}
