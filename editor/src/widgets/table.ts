import type { ComponentType } from 'react'
import { ChoiceWidget } from './ChoiceWidget.tsx'
import { FileWidget } from './FileWidget.tsx'
import { lazyWidget } from './lazy-widget.ts'
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
  multichoice: lazyWidget(() => import('./MultiChoiceWidget.tsx').then((module) => module.MultiChoiceWidget)),
  colour: lazyWidget(() => import('./ColourWidget.tsx').then((module) => module.ColourWidget)),
  seed: SeedWidget,
  file: FileWidget,
  model: lazyWidget(() => import('./ModelWidget.tsx').then((module) => module.ModelWidget)),
  size: lazyWidget(() => import('./SizeWidget.tsx').then((module) => module.SizeWidget)),
  curve: lazyWidget(() => import('./CurveWidget.tsx').then((module) => module.CurveWidget)),
  list: lazyWidget(() => import('./ListWidget.tsx').then((module) => module.ListWidget)),
  mask: lazyWidget(() => import('./MaskWidget.tsx').then((module) => module.MaskWidget)),
  beats: lazyWidget(() => import('../beat-grid/BeatsField.tsx').then((module) => module.BeatsField)),
  shots: lazyWidget(() => import('../shot-strip/ShotsField.tsx').then((module) => module.ShotsField)),
} satisfies Record<WidgetKind, ComponentType<WidgetProps>>
