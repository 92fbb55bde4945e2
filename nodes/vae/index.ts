import type { NodeDefinition } from '@beatloom/core'
import { vaeDecode } from './decode.ts'
import { vaeEncode } from './encode.ts'

export const vaeNodes: NodeDefinition[] = [vaeDecode, vaeEncode]
