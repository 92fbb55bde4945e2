import type { ComponentType } from 'react'
import { ChoiceWidget } from './ChoiceWidget.tsx'
import { ColourWidget } from './ColourWidget.tsx'
import { CurveWidget } from './CurveWidget.tsx'
import { FileWidget } from './FileWidget.tsx'
import { ListWidget } from './ListWidget.tsx'
import { MaskWidget } from './MaskWidget.tsx'
import { ModelWidget } from './ModelWidget.tsx'
import { MultiChoiceWidget } from './MultiChoiceWidget.tsx'
import { MultilineWidget } from './MultilineWidget.tsx'
import { NumberWidget } from './NumberWidget.tsx'
import { SeedWidget } from './SeedWidget.tsx'
import { SizeWidget } from './SizeWidget.tsx'
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
  multichoice: MultiChoiceWidget,
  colour: ColourWidget,
  seed: SeedWidget,
  file: FileWidget,
  model: ModelWidget,
  size: SizeWidget,
  curve: CurveWidget,
  list: ListWidget,
  mask: MaskWidget,
} satisfies Record<WidgetKind, ComponentType<WidgetProps>>
