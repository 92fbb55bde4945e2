import type { NodeDefinition } from '@beatloom/core'
import { reroute } from './reroute.ts'

export const graphNodes: NodeDefinition[] = [reroute]
