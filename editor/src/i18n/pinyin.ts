import { useEffect } from 'react'
import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'

/** Chinese words by their sound. The table of sounds is large, so it comes when first something is searched. */

/** `加载图片` → `jiazaitupian` and `jztp`; text without Chinese characters gives nothing. */
export type Spell = (text: string) => string[]

const NOT_YET: Spell = () => []
const store = createStore<{ spell: Spell }>(() => ({ spell: NOT_YET }))
let loading = false

export async function loadPinyin(): Promise<void> {
  if (loading) return
  loading = true
  try {
    const { pinyin } = await import('pinyin-pro')
    const known = new Map<string, string[]>()
    const spell: Spell = (text) => {
      if (!/\p{Script=Han}/u.test(text)) return []
      const before = known.get(text)
      if (before) return before
      const sounds = pinyin(text, { toneType: 'none', type: 'array', nonZh: 'consecutive', v: true })
      const words = [sounds, sounds.map((sound) => sound.charAt(0))].map((parts) => parts.join('').toLowerCase())
      known.set(text, words)
      return words
    }
    store.setState({ spell })
  } catch {
    // Without it everything is still found by its characters and its English name.
    loading = false
  }
}

/** Spells once the table is there; until then nothing is found by sound. */
export function usePinyin(): Spell {
  useEffect(() => void loadPinyin(), [])
  return useStore(store, (state) => state.spell)
}
