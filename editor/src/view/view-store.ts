import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'

export type Theme = 'system' | 'dark' | 'light'
export type Language = 'en' | 'zh'
export type Face = 'form' | 'graph' | 'outline'
/** How workflows open for this person: as each file asks, or always the same way. */
export type OpensAs = 'file' | 'form' | 'graph'
export type Navigation = 'mouse' | 'trackpad'
export type LinkShape = 'curved' | 'straight' | 'angled'
/** `near`: only links of what is selected or pointed at. */
export type LinkShow = 'all' | 'near' | 'none'
export type SidePanel = 'none' | 'queue' | 'assets'

/** How to tell of a job that ended while the page was out of sight. */
export type Notices = Record<'success' | 'failure', { sound: boolean; notification: boolean }>

/** What a person chose for themselves on this machine. */
export interface Settings {
  theme: Theme
  language: Language
  opensAs: OpensAs
  navigation: Navigation
  minimap: boolean
  snap: boolean
  linkShape: LinkShape
  linkShow: LinkShow
  /** `draft:node.param` of seeds that roll before each run. */
  rollingSeeds: string[]
  /** Nodes show what forms in them while they work. */
  livePreviews: boolean
  notices: Notices
  /** The view goes along with the node at work. */
  followRun: boolean
  /** Keys a person chose instead of the usual ones, by command. */
  shortcuts: Record<string, string[]>
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
    opensAs: 'file',
    navigation: 'mouse',
    minimap: true,
    snap: false,
    linkShape: 'curved',
    linkShow: 'all',
    rollingSeeds: [],
    livePreviews: true,
    notices: {
      success: { sound: false, notification: false },
      failure: { sound: false, notification: false },
    },
    followRun: false,
    shortcuts: {},
  }
  try {
    return { ...fallback, ...JSON.parse(globalThis.localStorage?.getItem(KEY) ?? '{}') }
  } catch {
    return fallback
  }
}

export const faceOfAddress = (hash: string): Face =>
  (/^#\/?(graph|outline)\b/.exec(hash)?.[1] as Face | undefined) ?? 'form'

/** Whether the first view is the graph, or its outline: by the address, or by this person's wish where that is silent. */
export function startsAsGraph(): boolean {
  const { face, opensAs } = viewStore.getState()
  return face !== 'form' || opensAs === 'graph'
}

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
  const { face: _face, panel: _panel, toasts: _toasts, ...settings } = viewStore.getState()
  try {
    localStorage.setItem(KEY, JSON.stringify(settings))
  } catch {
    // A private window without storage: the choice lasts until the page closes.
  }
}

export function showFace(face: Face): void {
  viewStore.setState({ face })
  history.replaceState(null, '', face === 'form' ? '#' : `#${face}`)
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
