import type { ParamDescriptor, ParamMeta } from '@beatloom/core'

export type WidgetKind = NonNullable<ParamMeta['widget']>

export interface WidgetProps {
  /** For the label's `htmlFor`. */
  id: string
  param: ParamDescriptor
  value: unknown
  label: string
  /** The words of a choice. */
  choiceLabel(value: string): string
  /** `together`: changes under one such name are one undo step, however long they take to come. */
  onChange(value: unknown, together?: string): void
  /** The edit is complete: the next one is a new undo step. */
  onDone(): void
  /** The node whose param it is. */
  node: string
  /** Its node's values are locked: nothing here may change them. */
  disabled: boolean
}

/** The kind named by the param, or the one its schema suggests. */
export function widgetOf(param: ParamDescriptor): WidgetKind {
  if (param.widget) return param.widget
  const { type, enum: choices } = param.schema as { type?: string; enum?: unknown[] }
  if (choices) return 'choice'
  if (type === 'boolean') return 'toggle'
  if (type === 'number' || type === 'integer') return 'number'
  return 'text'
}

export function choicesOf(param: ParamDescriptor): (string | number)[] {
  const schema = param.schema as {
    enum?: (string | number)[]
    anyOf?: { const?: string | number }[]
    items?: { enum?: (string | number)[] }
  }
  if (schema.enum) return schema.enum
  if (schema.items?.enum) return schema.items.enum
  return (schema.anyOf ?? []).flatMap((option) => option.const ?? [])
}

export const sameValue = (a: unknown, b: unknown): boolean => a === b || JSON.stringify(a) === JSON.stringify(b)

export { clamp, numberRules, tidy } from './number-rules.ts'
