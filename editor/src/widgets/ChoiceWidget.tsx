import { Picker } from '../ui/Picker.tsx'
import { Segmented } from '../ui/Segmented.tsx'
import { useAvailability } from './use-availability.ts'
import { choicesOf, type WidgetProps } from './widget.ts'

const MOST_IN_SIGHT = 4
const MOST_LETTERS_IN_SIGHT = 26
const ALL_TO_BE_HAD: Record<string, string> = {}

/** A few short choices stand side by side; more go into a list that is filtered by typing. */
export function ChoiceWidget(props: WidgetProps) {
  const { param, value, label, choiceLabel } = props
  if (param.availability) return <LimitedChoice {...props} />
  const options = choicesOf(param).map((choice) => ({ value: String(choice), label: choiceLabel(String(choice)) }))
  const letters = options.reduce((sum, option) => sum + option.label.length, 0)
  const fewAndShort = options.length <= MOST_IN_SIGHT && letters <= MOST_LETTERS_IN_SIGHT
  // A value that is no choice of this version of the node is named, which only the list can do.
  const known = options.some((option) => option.value === String(value ?? ''))
  if (!fewAndShort || !known) return <ChoiceList {...props} missing={ALL_TO_BE_HAD} />
  return <Segmented label={label} value={String(value)} options={options} onChange={(text) => pick(props, text)} />
}

/** Some of the choices may not be had on this machine. */
function LimitedChoice(props: WidgetProps) {
  return <ChoiceList {...props} missing={useAvailability(props.param.availability)} />
}

/** @param missing why a choice cannot be had, by choice. */
function ChoiceList({ missing, ...props }: WidgetProps & { missing: Record<string, string> }) {
  const { id, param, value, label, choiceLabel, disabled } = props
  const text = String(value ?? '')
  const options = choicesOf(param).map((choice) => ({
    value: String(choice),
    label: choiceLabel(String(choice)),
    unavailable: missing[String(choice)],
  }))
  return (
    <>
      <Picker
        id={id}
        label={label}
        value={text}
        options={options}
        onChange={(picked) => pick(props, picked)}
        disabled={disabled}
      />
      {missing[text] && <span className="field-problem">{missing[text]}</span>}
    </>
  )
}

/** Numbers among the choices stay numbers. */
function pick({ param, onChange, onDone }: WidgetProps, text: string): void {
  onChange(choicesOf(param).find((choice) => String(choice) === text) ?? text)
  onDone()
}
