import { documentStore } from '../../document/document-store.ts'
import type { HeldTab } from '../../shell/held-tabs.ts'
import { tabOf, tabsStore } from '../../shell/tabs-store.ts'

/** What work waits for: the tab on screen, or that it may be changed there too. */
type Awaited = 'shown' | 'writable'

/**
 * Does what is meant for a tab while it is on screen: at once, or when somebody comes back to it. Where the tab is
 * closed meanwhile, nothing happens.
 * @returns whether it was done at once.
 */
export function onTab(tab: HeldTab, work: () => void, awaited: Awaited = 'shown'): boolean {
  if (isReady(tab, awaited)) {
    work()
    return true
  }
  const stops = [documentStore.subscribe(look), tabsStore.subscribe(look)]
  function look(): void {
    if (!isReady(tab, awaited) && tabOf(tab.id)) return
    for (const stop of stops) stop()
    // What shows the tab is still at it.
    if (isReady(tab, awaited)) setTimeout(() => void onTab(tab, work, awaited))
  }
  return false
}

function isReady(tab: HeldTab, awaited: Awaited): boolean {
  const { draftId, readOnly } = documentStore.getState()
  return draftId === tab.id && (awaited === 'shown' || !readOnly)
}
