import { documentStore } from '../../document/document-store.ts'
import { tabOf, tabsStore } from '../../shell/tabs-store.ts'

const isOnScreen = (tab: string): boolean => documentStore.getState().draftId === tab

/**
 * Does what is meant for a tab while it is on screen: at once, or when somebody comes back to it. Where the tab is
 * closed meanwhile, nothing happens.
 * @returns whether it was done at once.
 */
export function onTab(tab: string, work: () => void): boolean {
  if (isOnScreen(tab)) {
    work()
    return true
  }
  const stops = [documentStore.subscribe(look), tabsStore.subscribe(look)]
  function look(): void {
    if (!isOnScreen(tab) && tabOf(tab)) return
    for (const stop of stops) stop()
    // What shows the tab is still at it.
    if (isOnScreen(tab)) setTimeout(() => void onTab(tab, work))
  }
  return false
}
