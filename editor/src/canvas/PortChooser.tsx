import { documentStore } from '../document/document-store.ts'
import { portOf } from '../document/link-rules.ts'
import { useText } from '../i18n/index.ts'
import { nodeText } from '../i18n/node-text.ts'
import { catalogStore } from '../view/catalog-store.ts'
import { useView } from '../view/view-store.ts'
import { link } from './actions.ts'
import { canvasStore, useCanvas } from './canvas-store.ts'
import { PortMark } from './PortMark.tsx'

/** Several ports of the node would take the cable: which one? */
export function PortChooser() {
  const t = useText()
  const language = useView((state) => state.language)
  const chooser = useCanvas((state) => state.chooser)
  if (!chooser) return null
  const { workflow } = documentStore.getState()
  const { descriptors } = catalogStore.getState()
  const close = () => canvasStore.setState({ chooser: null })
  return (
    <>
      <div className="overlay-catch" onPointerDown={close} />
      <div
        className="menu port-chooser"
        role="menu"
        aria-label={t('chooser.title')}
        style={{ left: chooser.screen.x, top: chooser.screen.y }}
      >
        {chooser.ports.map((end) => {
          const port = portOf(workflow, descriptors, end)
          const descriptor = descriptors.get(workflow.nodes[end.node]?.type ?? '')
          if (!port || !descriptor) return null
          return (
            <button
              key={end.port}
              type="button"
              role="menuitem"
              className="menu-item"
              // biome-ignore lint/a11y/noAutofocus: the list asks a question that the drag began.
              autoFocus={end === chooser.ports[0]}
              onKeyDown={(event) => event.key === 'Escape' && close()}
              onClick={() => {
                link(chooser.from, end)
                close()
              }}
            >
              <PortMark type={port.type} optional={port.optional === true} />
              {nodeText(descriptor, language).port(port)}
            </button>
          )
        })}
      </div>
    </>
  )
}
