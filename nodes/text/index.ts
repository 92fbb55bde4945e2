import type { NodeDefinition } from '@beatloom/core'
import { prompt } from './prompt.ts'
import { promptList } from './prompt-list.ts'
import { promptSchedule } from './prompt-schedule.ts'

export const textNodes: NodeDefinition[] = [prompt, promptList, promptSchedule]
