import type { NodeDefinition } from '@beatloom/core'
import { addNumbers } from './add-numbers.ts'
import { booleanValue, numberValue, textValue } from './constants.ts'
import {
  booleanToNumber,
  booleanToText,
  numberToBoolean,
  numberToText,
  textToBoolean,
  textToNumber,
} from './convert-values.ts'
import { showValue } from './show-value.ts'

export const valueNodes: NodeDefinition[] = [
  textValue,
  numberValue,
  booleanValue,
  addNumbers,
  showValue,
  numberToText,
  textToNumber,
  booleanToNumber,
  numberToBoolean,
  booleanToText,
  textToBoolean,
]
