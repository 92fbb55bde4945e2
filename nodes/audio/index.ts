import type { NodeDefinition } from '@beatloom/core'
import { fitAudio } from './fit-audio.ts'
import { loadAudio } from './load-audio.ts'
import { splitAudio } from './split-audio.ts'

export const audioNodes: NodeDefinition[] = [loadAudio, splitAudio, fitAudio]
