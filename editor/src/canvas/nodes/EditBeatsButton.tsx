import { PencilRuler } from 'lucide-react'
import { documentStore } from '../../document/document-store.ts'
import { beatsOutput, gridBehind, insertGrid } from '../../document/insert-beat-edits.ts'
import { useText } from '../../i18n/index.ts'
import { Button } from '../../ui/Button.tsx'
import { catalogStore } from '../../view/catalog-store.ts'
import { revealNode } from '../view/reveal.ts'
import { NODE_WIDTH_PX } from './node-size.ts'

const GAP_PX = 60

/** From beats found to a node in which they are changed by hand: put in behind, or shown where it is there already. */
export function EditBeatsButton({ node }: { node: string }) {
  const t = useText()
  return (
    <Button className="edit-beats nodrag" size="small" icon={<PencilRuler size={13} />} onClick={() => openGrid(node)}>
      {t('beatGrid.edit')}
    </Button>
  )
}

function openGrid(node: string): void {
  const { workflow, edit, seal } = documentStore.getState()
  const { descriptors } = catalogStore.getState()
  const from = beatsOutput(workflow, descriptors, node)
  if (!from) return
  const there = gridBehind(workflow, descriptors, from)
  if (there) {
    revealNode(there)
    return
  }
  const [x = 0, y = 0] = workflow.layout.nodes[node] ?? []
  const put = insertGrid(workflow, descriptors, from, { x: x + NODE_WIDTH_PX + GAP_PX, y })
  if (!put) return
  seal()
  edit(put.recipe)
  seal()
  revealNode(put.id)
}
