import { Segmented } from '../ui/Segmented.tsx'
import { Select } from '../ui/Select.tsx'
import { choicesOf, type WidgetProps } from './widget.ts'

const MOST_IN_SIGHT = 4
const MOST_LETTERS_IN_SIGHT = 26

/** A few short choices stand side by side; more go into a list. */
export function ChoiceWidget({ id, param, value, label, choiceLabel, onChange, onDone }: WidgetProps) {
  const choices = choicesOf(param)
  const options = choices.map((choice) => ({ value: String(choice), label: choiceLabel(String(choice)) }))
  const letters = options.reduce((sum, option) => sum + option.label.length, 0)
  const pick = (text: string) => {
    onChange(choices.find((choice) => String(choice) === text) ?? text)
    onDone()
  }
  const inSight = options.length <= MOST_IN_SIGHT && letters <= MOST_LETTERS_IN_SIGHT
  const Control = inSight ? Segmented : Select
  return (
    <Control {...(inSight ? {} : { id })} label={label} value={String(value ?? '')} options={options} onChange={pick} />
  )
}
