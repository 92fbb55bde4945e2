import { lazy, Suspense } from 'react'
import { useModelsDialog } from './models-dialog.ts'

const ModelsDialog = lazy(() => import('./ModelsDialog.tsx').then((module) => ({ default: module.ModelsDialog })))

/** The dialog about models, over the form and the graph alike; read when it is first wanted. */
export function ModelsDialogHost() {
  const open = useModelsDialog((state) => state.part !== null)
  return (
    open && (
      <Suspense fallback={null}>
        <ModelsDialog />
      </Suspense>
    )
  )
}
