import type { translateSentence } from '@beatloom/core/sentences'
import { zhNodes } from '@beatloom/node-words'
import { createStore } from 'zustand/vanilla'
import { catalogStore } from '../view/catalog-store.ts'
import { viewStore } from '../view/view-store.ts'

/**
 * What the server says, in the chosen language. Its sentences come in English; the Chinese ones lie in a file of their
 * own, fetched when Chinese is first chosen. Until it is there they read in English.
 */
export const sentencesStore = createStore<{ translate: typeof translateSentence | null }>(() => ({ translate: null }))

let loading = false

export async function loadSentences(): Promise<void> {
  if (loading) return
  loading = true
  try {
    const { translateSentence } = await import('@beatloom/core/sentences')
    sentencesStore.setState({ translate: translateSentence })
  } catch {
    // Without a connection they stay English; the next change of language asks again.
    loading = false
  }
}

/** Fetches the sentences as soon as somebody reads Chinese. */
export function followLanguage(): void {
  const look = () => {
    if (viewStore.getState().language === 'zh') void loadSentences()
  }
  viewStore.subscribe(look)
  look()
}

/** A sentence of the server in the chosen language. Components that show one listen to the language by `useText`. */
export function say(text: string): string {
  const { translate } = sentencesStore.getState()
  return translate ? translate(text, viewStore.getState().language, titleInChinese) : text
}

let titles: { of: unknown; chinese: Map<string, string> } | null = null

/** `LoadImage` → `加载图片`: sentences name nodes by the title of their type. */
function titleInChinese(title: string): string {
  const { descriptors } = catalogStore.getState()
  if (titles?.of !== descriptors) {
    const pairs = [...descriptors.values()].map((one): [string, string] => [
      one.title,
      zhNodes[one.type]?.title ?? one.title,
    ])
    titles = { of: descriptors, chinese: new Map(pairs) }
  }
  return titles?.chinese.get(title) ?? title
}
