import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'

export type Theme = 'system' | 'dark' | 'light'
export type Language = 'en' | 'zh'
export type Face = 'form' | 'graph'
export type Navigation = 'mouse' | 'trackpad'
export type SidePanel = 'none' | 'queue'

/** What a person chose for themselves on this machine. */
export interface Settings {
  theme: Theme
  language: Language
  navigation: Navigation
  minimap: boolean
  snap: boolean
  /** `node.param` of seeds that roll before each run. */
  rollingSeeds: string[]
}

export interface Toast {
  id: number
  tone: 'info' | 'error'
  text: string
}

export interface ViewState extends Settings {
  face: Face
  panel: SidePanel
  toasts: Toast[]
}

const KEY = 'beatloom.settings'

function readSettings(): Settings {
  const fallback: Settings = {
    theme: 'system',
    language: globalThis.navigator?.language?.toLowerCase().startsWith('zh') ? 'zh' : 'en',
    navigation: 'mouse',
    minimap: true,
    snap: false,
    rollingSeeds: [],
  }
  try {
    return { ...fallback, ...JSON.parse(globalThis.localStorage?.getItem(KEY) ?? '{}') }
  } catch {
    return fallback
  }
}

export const faceOfAddress = (hash: string): Face => (/^#\/?graph\b/.test(hash) ? 'graph' : 'form')

export const viewStore = createStore<ViewState>(() => ({
  ...readSettings(),
  face: faceOfAddress(globalThis.location?.hash ?? ''),
  panel: 'none',
  toasts: [],
}))

export function useView<T>(selector: (state: ViewState) => T): T {
  return useStore(viewStore, selector)
}

export function changeSettings(change: Partial<Settings>): void {
  viewStore.setState(change)
  const { theme, language, navigation, minimap, snap, rollingSeeds } = viewStore.getState()
  const settings: Settings = { theme, language, navigation, minimap, snap, rollingSeeds }
  try {
    localStorage.setItem(KEY, JSON.stringify(settings))
  } catch {
    // A private window without storage: the choice lasts until the page closes.
  }
}

export function showFace(face: Face): void {
  viewStore.setState({ face })
  history.replaceState(null, '', face === 'graph' ? '#graph' : '#')
}

export function togglePanel(panel: SidePanel): void {
  viewStore.setState((state) => ({ panel: state.panel === panel ? 'none' : panel }))
}

let lastToast = 0
const TOAST_MS = 5000

export function toast(text: string, tone: Toast['tone'] = 'info'): void {
  const id = ++lastToast
  viewStore.setState((state) => ({ toasts: [...state.toasts.slice(-2), { id, tone, text }] }))
  setTimeout(() => dismissToast(id), tone === 'error' ? TOAST_MS * 2 : TOAST_MS)
}

export function dismissToast(id: number): void {
  viewStore.setState((state) => ({ toasts: state.toasts.filter((item) => item.id !== id) }))
}
