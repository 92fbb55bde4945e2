import type { ComponentType } from 'react'
import { ChoiceWidget } from './ChoiceWidget.tsx'
import { FileWidget } from './FileWidget.tsx'
import { ModelWidget } from './ModelWidget.tsx'
import { MultilineWidget } from './MultilineWidget.tsx'
import { NumberWidget } from './NumberWidget.tsx'
import { SeedWidget } from './SeedWidget.tsx'
import { SliderWidget } from './SliderWidget.tsx'
import { TextWidget } from './TextWidget.tsx'
import { ToggleWidget } from './ToggleWidget.tsx'
import type { WidgetKind, WidgetProps } from './widget.ts'

/** One widget a kind; a kind without a row does not compile. */
export const WIDGETS = {
  text: TextWidget,
  multiline: MultilineWidget,
  number: NumberWidget,
  slider: SliderWidget,
  toggle: ToggleWidget,
  choice: ChoiceWidget,
  seed: SeedWidget,
  file: FileWidget,
  model: ModelWidget,
} satisfies Record<WidgetKind, ComponentType<WidgetProps>>
