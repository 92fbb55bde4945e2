import type { ParamDescriptor } from '@beatloom/core'
import { exactSeconds } from '../i18n/format.ts'

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
  /** By how much one arrow press moves the value. */
  step: number
  integer: boolean
  /** Only values `offset + n × every` are taken; null where any value in range is. */
  grid: { every: number; offset: number } | null
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
  const every = param.step ?? schema.multipleOf
  const grid = every === undefined ? null : { every, offset: param.offset ?? 0 }
  return { min, max, step: every ?? (integer ? 1 : fine), integer, grid }
}

/** The same rule as its two neighbours in words: the nearest allowed values below and above; null when it is met. */
export function offGrid(value: number, { grid, min, max }: NumberRules): { below: number; above: number } | null {
  if (!grid) return null
  const steps = (value - grid.offset) / grid.every
  if (Math.abs(steps - Math.round(steps)) < 1e-9) return null
  const at = (count: number) => tidy(grid.offset + count * grid.every)
  const lowest = Math.ceil((min - grid.offset) / grid.every)
  const highest = Math.floor((max - grid.offset) / grid.every)
  const below = Math.min(highest, Math.max(lowest, Math.floor(steps)))
  const above = Math.min(highest, Math.max(lowest, Math.ceil(steps)))
  return { below: at(below), above: at(above) }
}

/**
 * The value some steps on, within its range. From beside the grid the first step goes to the nearest allowed value in
 * that direction.
 * @param fine a tenth of a step, where nothing forbids it.
 */
export function stepped(value: number, steps: number, rules: NumberRules, fine = false): number {
  const { grid, integer, step } = rules
  if (!grid) return clamp(tidy(value + steps * step * (fine && !integer ? 0.1 : 1)), rules)
  const now = (value - grid.offset) / grid.every
  const from = steps > 0 ? Math.floor(now + 1e-9) : Math.ceil(now - 1e-9)
  const lowest = Math.ceil((rules.min - grid.offset) / grid.every - 1e-9)
  const highest = Math.floor((rules.max - grid.offset) / grid.every + 1e-9)
  return tidy(grid.offset + clamp(from + steps, { min: lowest, max: highest }) * grid.every)
}

/** `5.06 s` for 81 frames at 16 a second; whole seconds without the tail. */
export function secondsOf(frames: number, frameRate: number): string {
  return exactSeconds(frames / frameRate)
}

/** Removes the dust that steps of 0.1 leave behind. */
export const tidy = (value: number): number => Number(value.toPrecision(12))

export const clamp = (value: number, { min, max }: { min: number; max: number }): number =>
  Math.min(max, Math.max(min, value))
