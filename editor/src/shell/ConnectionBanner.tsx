import { useEffect, useState } from 'react'
import { useText } from '../i18n/index.ts'
import { useRun } from '../run/run-store.ts'

const PATIENCE_MS = 800

/** Says that the connection is gone, once it has been gone a moment. */
export function ConnectionBanner() {
  const t = useText()
  const lost = useRun((state) => state.connection === 'lost')
  const [shown, setShown] = useState(false)
  useEffect(() => {
    if (!lost) return setShown(false)
    const timer = setTimeout(() => setShown(true), PATIENCE_MS)
    return () => clearTimeout(timer)
  }, [lost])
  return shown ? (
    <div className="banner" role="status">
      <span className="banner-dot" aria-hidden="true" />
      {t('app.connectionLost')}
    </div>
  ) : null
}
