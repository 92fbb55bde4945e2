import { type ComponentType, lazy } from 'react'
import type { WidgetProps } from './widget.ts'

/** A widget whose code comes when the first node needs it, so that a first visit does not pay for it. */
export const lazyWidget = (load: () => Promise<ComponentType<WidgetProps>>) =>
  lazy(() => load().then((component) => ({ default: component })))
