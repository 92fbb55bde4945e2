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
  onChange(value: unknown): void
  /** The edit is complete: the next one is a new undo step. */
  onDone(): void
  /** Names the seed whose rolling is remembered. */
  address: string
}

interface NumberSchema {
  minimum?: number
  maximum?: number
  exclusiveMinimum?: number
  exclusiveMaximum?: number
  multipleOf?: number
  type?: string
}

export interface NumberRules {
  min: number
  max: number
  step: number
  integer: boolean
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

/** Range and step of a number param; safe-integer bounds count as none. */
export function numberRules(param: ParamDescriptor): NumberRules {
  const schema = param.schema as NumberSchema
  const bound = (value: number | undefined, none: number) =>
    value === undefined || Math.abs(value) >= Number.MAX_SAFE_INTEGER ? none : value
  const integer = schema.type === 'integer'
  const min = bound(schema.minimum ?? schema.exclusiveMinimum, Number.NEGATIVE_INFINITY)
  const max = bound(schema.maximum ?? schema.exclusiveMaximum, Number.POSITIVE_INFINITY)
  const span = max - min
  const fine = Number.isFinite(span) && span <= 2 ? 0.05 : 0.1
  return { min, max, step: schema.multipleOf ?? (integer ? 1 : fine), integer }
}

export function choicesOf(param: ParamDescriptor): (string | number)[] {
  const schema = param.schema as { enum?: (string | number)[]; anyOf?: { const?: string | number }[] }
  if (schema.enum) return schema.enum
  return (schema.anyOf ?? []).flatMap((option) => option.const ?? [])
}

/** Removes the dust that steps of 0.1 leave behind. */
export const tidy = (value: number): number => Number(value.toPrecision(12))

export const clamp = (value: number, { min, max }: { min: number; max: number }): number =>
  Math.min(max, Math.max(min, value))
