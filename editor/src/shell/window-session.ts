import { createClaims } from './claims.ts'
import { readSmall, removeSmall, smallKeys, writeSmall } from './small-storage.ts'
import { type Tab, type TabsState, tabsStore } from './tabs-store.ts'

/** A window's open tabs: what comes back after a reload, a closed browser or a crash. */
export interface WindowRecord {
  /** Milliseconds since 1970 of the last change. */
  at: number
  /** The page said goodbye; where it did not, something crashed. */
  ended: boolean
  active: string
  tabs: Tab[]
  closed: TabsState['closed']
}

const KEY = 'beatloom.window.'
const OWN = 'beatloom.window'
const MOST_CLOSED = 10
const MOST_WINDOWS = 8
/** A page that is being reloaded may hold its name a moment longer. */
const RELOAD_TRIES = 5
const RELOAD_WAIT_MS = 120

export const claims = createClaims()

let own = ''
export const windowId = (): string => own

function recordOf(id: string): WindowRecord | null {
  try {
    const record = JSON.parse(readSmall(KEY + id) ?? 'null') as WindowRecord | null
    return record && Array.isArray(record.tabs) ? record : null
  } catch {
    return null
  }
}

function otherWindows(): { id: string; record: WindowRecord }[] {
  return smallKeys(KEY)
    .flatMap((name) => {
      const id = name.slice(KEY.length)
      const record = recordOf(id)
      return record ? [{ id, record }] : []
    })
    .sort((a, b) => b.record.at - a.record.at)
}

export interface WindowStart {
  /** The tabs this window had, or those of the window closed last; null when there are none to take. */
  record: WindowRecord | null
  /** Another window that is open now, the one used last. */
  neighbour: WindowRecord | null
}

/** Gives this window its name: the one it had before a reload, that of a window that is gone, or a new one. */
export async function beginWindow(): Promise<WindowStart> {
  const before = ownName()
  if (before && (await claimAgain(`window:${before}`))) {
    name(before)
    return { record: recordOf(before), neighbour: null }
  }
  const others = otherWindows()
  for (const { id } of others.slice(MOST_WINDOWS)) forgetWindow(id)
  for (const { id, record } of others.slice(0, MOST_WINDOWS)) {
    if (!(await claims.claim(`window:${id}`))) continue
    name(id)
    return { record, neighbour: null }
  }
  const fresh = `w-${Date.now().toString(36)}-${Math.floor(Math.random() * 36 ** 4).toString(36)}`
  await claims.claim(`window:${fresh}`)
  name(fresh)
  return { record: null, neighbour: others[0]?.record ?? null }
}

function ownName(): string | null {
  try {
    return sessionStorage.getItem(OWN)
  } catch {
    return null
  }
}

function name(id: string): void {
  own = id
  try {
    sessionStorage.setItem(OWN, id)
  } catch {
    // The name lasts until a reload.
  }
}

async function claimAgain(wanted: string): Promise<boolean> {
  for (let attempt = 1; attempt <= RELOAD_TRIES; attempt++) {
    if (await claims.claim(wanted)) return true
    if (!isReload()) return false
    await new Promise((resolve) => setTimeout(resolve, RELOAD_WAIT_MS))
  }
  return false
}

/** A duplicated browser tab carries the name of the one it was made from, which is still there. */
const isReload = (): boolean =>
  (performance.getEntriesByType('navigation')[0] as PerformanceNavigationTiming | undefined)?.type === 'reload'

const forgetWindow = (id: string): void => removeSmall(KEY + id)

/** Writes the row of tabs down whenever it changes, and that the page ended properly when it does. */
export function keepWindow(): void {
  const save = (ended: boolean) => {
    const { active, tabs, closed } = tabsStore.getState()
    if (tabs.length === 0) return
    const record: WindowRecord = { at: Date.now(), ended, active, tabs, closed: closed.slice(-MOST_CLOSED) }
    writeSmall(KEY + own, JSON.stringify(record))
  }
  save(false)
  tabsStore.subscribe((state, before) => {
    const { active, tabs, closed } = state
    if (active !== before.active || tabs !== before.tabs || closed !== before.closed) save(false)
  })
  // Who looks last is the neighbour of a window opened next.
  addEventListener('focus', () => save(false))
  addEventListener('pagehide', () => save(true))
  addEventListener('pageshow', (event) => event.persisted && save(false))
}
