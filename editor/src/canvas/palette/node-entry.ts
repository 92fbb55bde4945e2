import type { NodeDescriptor } from '@beatloom/core'
import { zhCategories, zhNodes } from '@beatloom/node-words'
import type { Spell } from '../../i18n/pinyin.ts'
import type { Entry } from './rank-nodes.ts'

/** Found by either language, whichever the interface speaks, and Chinese by its sound. */
export function nodeEntry(descriptor: NodeDescriptor, spell: Spell): Entry {
  const chinese = zhNodes[descriptor.type]
  const category = zhCategories[descriptor.category.toLowerCase()] ?? ''
  return {
    type: descriptor.type,
    titles: [descriptor.title, ...(chinese ? [chinese.title, ...spell(chinese.title)] : [])],
    aliases: descriptor.aliases,
    words: [descriptor.category, category, ...spell(category)],
    description: `${descriptor.description} ${chinese?.description ?? ''}`,
  }
}
