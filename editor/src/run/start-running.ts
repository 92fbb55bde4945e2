import { onRunEnd } from './end-notices.ts'
import { startPageTitle } from './page-title.ts'
import { startQuoting } from './quote-store.ts'
import { onLiveEvent } from './run-store.ts'

/** Everything about runs that goes on by itself while the page is open. */
export function startRunning(): void {
  startQuoting()
  startPageTitle()
  onLiveEvent(onRunEnd)
}
