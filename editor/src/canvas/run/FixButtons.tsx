import { Button } from '../../ui/Button.tsx'
import type { Fix } from '../fixes/fix.ts'

/** Up to two ways out of a problem. */
export function FixButtons({ fixesOf }: { fixesOf(): Fix[] }) {
  const fixes = fixesOf()
  if (fixes.length === 0) return null
  return (
    <div className="fix-buttons nodrag">
      {fixes.map((fix) => (
        <Button key={fix.label} size="small" onClick={fix.apply}>
          {fix.label}
        </Button>
      ))}
    </div>
  )
}
