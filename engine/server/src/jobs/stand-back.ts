import { writeFileSync } from 'node:fs'
import { constants, setPriority } from 'node:os'

const NICE = constants.priority.PRIORITY_BELOW_NORMAL

/**
 * Lets a process that computes stand back behind what people are looking at: it uses every core that is free, and a page
 * that is opened meanwhile comes up as on an idle machine. `BEATLOOM_PRIORITY=normal` leaves it as it is. Where the system
 * allows no change, nothing changes.
 */
export function standBack(pid: number | undefined, env: NodeJS.ProcessEnv = process.env): void {
  if (pid === undefined || env.BEATLOOM_PRIORITY === 'normal') return
  attempt(() => setPriority(pid, NICE))
  // Linux shares its cores out between sessions first, so the niceness of a process alone in its session says nothing
  // (sched(7), "The autogroup feature").
  if (process.platform === 'linux') attempt(() => writeFileSync(`/proc/${pid}/autogroup`, String(NICE)))
}

function attempt(change: () => void): void {
  try {
    change()
  } catch {
    // The process may be gone already, or the system may know nothing of it.
  }
}
