import type { NodeDefinition } from '@beatloom/core'
import { loadAudio } from './load-audio.ts'

export const audioNodes: NodeDefinition[] = [loadAudio]
