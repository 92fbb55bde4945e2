import type { PickerOption } from './Picker.tsx'

/** Options that hold every typed word, those whose label begins with the text first. */
export function filterOptions(options: readonly PickerOption[], query: string): readonly PickerOption[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean)
  if (words.length === 0) return options
  const text = (option: PickerOption) => `${option.label} ${option.value} ${option.note ?? ''}`.toLowerCase()
  const found = options.filter((option) => words.every((word) => text(option).includes(word)))
  const rank = (option: PickerOption) => (option.label.toLowerCase().startsWith(words.join(' ')) ? 0 : 1)
  return found.toSorted((a, b) => rank(a) - rank(b))
}
