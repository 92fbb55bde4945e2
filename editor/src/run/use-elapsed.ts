import { useEffect, useState } from 'react'
import { useRun } from './run-store.ts'

/** Seconds since the shown run began to execute; null before and after. */
export function useElapsed(): number | null {
  const startedAt = useRun((state) => (state.run?.state === 'running' ? state.run.startedAt : null))
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    if (startedAt === null) return
    setNow(Date.now())
    const timer = setInterval(() => setNow(Date.now()), 500)
    return () => clearInterval(timer)
  }, [startedAt])
  return startedAt === null ? null : Math.max(0, (now - Date.parse(startedAt)) / 1000)
}
