import { CompareDialog } from './CompareDialog.tsx'
import { DamagedDialog } from './DamagedDialog.tsx'
import { ShareDialog } from './ShareDialog.tsx'

/** Every dialog about files besides opening one. */
export function FileDialogs() {
  return (
    <>
      <CompareDialog />
      <ShareDialog />
      <DamagedDialog />
    </>
  )
}
