import { constants, setPriority } from 'node:os'

/**
 * Lets a process that computes stand back behind what people are looking at: it uses every core that is free, and a page
 * that is opened meanwhile comes up as on an idle machine. `BEATLOOM_PRIORITY=normal` leaves it as it is. Where the system
 * allows no change, nothing changes.
 */
export function standBack(pid: number | undefined, env: NodeJS.ProcessEnv = process.env): void {
  if (pid === undefined || env.BEATLOOM_PRIORITY === 'normal') return
  try {
    setPriority(pid, constants.priority.PRIORITY_BELOW_NORMAL)
  } catch {
    // It may be gone already.
  }
}
