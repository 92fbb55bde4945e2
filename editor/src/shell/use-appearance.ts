import { useEffect } from 'react'
import { useView } from '../view/view-store.ts'

const LANGUAGE_TAG = { en: 'en', zh: 'zh-Hans' }

/** Puts the chosen theme and language on the document, so styles and screen readers follow. */
export function useAppearance(): void {
  const theme = useView((state) => state.theme)
  const language = useView((state) => state.language)
  useEffect(() => {
    const dark = matchMedia('(prefers-color-scheme: dark)')
    const apply = () => {
      document.documentElement.dataset.theme = theme === 'system' ? (dark.matches ? 'dark' : 'light') : theme
    }
    apply()
    dark.addEventListener('change', apply)
    return () => dark.removeEventListener('change', apply)
  }, [theme])
  useEffect(() => {
    document.documentElement.lang = LANGUAGE_TAG[language]
  }, [language])
}
