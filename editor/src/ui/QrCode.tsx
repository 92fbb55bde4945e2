import { lazy, Suspense } from 'react'

const QrDrawing = lazy(() => import('./QrDrawing.tsx').then((module) => ({ default: module.QrDrawing })))

/** An address for a phone's camera. What draws it is loaded when it is wanted. */
export const QrCode = ({ address }: { address: string }) => (
  <Suspense>
    <QrDrawing address={address} />
  </Suspense>
)
