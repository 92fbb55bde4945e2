import { Languages, Monitor, Moon, Sun } from 'lucide-react'
import { useText } from '../i18n/index.ts'
import { IconButton } from '../ui/Button.tsx'
import { changeSettings, type Theme, useView } from '../view/view-store.ts'
import { NoticeButton } from './NoticeButton.tsx'

const NEXT_THEME: Record<Theme, Theme> = { system: 'dark', dark: 'light', light: 'system' }
const THEME_ICON = { system: Monitor, dark: Moon, light: Sun }

/** Notices, theme and language, each one press away. */
export function Preferences() {
  const t = useText()
  const theme = useView((state) => state.theme)
  const language = useView((state) => state.language)
  const Icon = THEME_ICON[theme]
  const other = language === 'en' ? '中文' : 'English'
  return (
    <>
      <NoticeButton />
      <IconButton label={t(`theme.${theme}`)} onClick={() => changeSettings({ theme: NEXT_THEME[theme] })}>
        <Icon size={18} />
      </IconButton>
      <button
        type="button"
        className="language-button"
        aria-label={`${t('app.language')} · ${other}`}
        onClick={() => changeSettings({ language: language === 'en' ? 'zh' : 'en' })}
      >
        <Languages size={16} aria-hidden="true" />
        {other}
      </button>
    </>
  )
}
