import { ListOrdered, ListTree, Workflow } from 'lucide-react'
import { useText } from '../i18n/index.ts'
import { Segmented } from '../ui/Segmented.tsx'
import { type Face, showFace, useView } from '../view/view-store.ts'

/** The same document as a form or as a graph. */
export function FaceSwitch() {
  const t = useText()
  const face = useView((state) => state.face)
  return (
    <Segmented
      label={t('app.face')}
      value={face}
      options={[
        { value: 'form', label: t('app.form'), icon: <ListOrdered size={15} aria-hidden="true" /> },
        { value: 'graph', label: t('app.graph'), icon: <Workflow size={15} aria-hidden="true" /> },
        { value: 'outline', label: t('app.outline'), icon: <ListTree size={15} aria-hidden="true" /> },
      ]}
      onChange={(value) => showFace(value as Face)}
    />
  )
}
