import type { NodeDefinition } from '@beatloom/core'
import { vaeDecode } from './decode.ts'

export const vaeNodes: NodeDefinition[] = [vaeDecode]
