import { Suspense } from 'react'
import { WIDGETS } from './table.ts'
import { type WidgetProps, widgetOf } from './widget.ts'

/** The widget of a param, whatever kind it is. */
export function FieldWidget(props: WidgetProps) {
  const Widget = WIDGETS[widgetOf(props.param)]
  return (
    <Suspense fallback={<div className="widget-waiting" />}>
      <Widget {...props} />
    </Suspense>
  )
}
