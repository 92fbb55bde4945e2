import { documentStore } from '../../document/document-store.ts'
import { portOf } from '../../document/link-rules.ts'
import { useText } from '../../i18n/index.ts'
import { nodeText } from '../../i18n/node-text.ts'
import { catalogStore } from '../../view/catalog-store.ts'
import { useView } from '../../view/view-store.ts'
import { canvasStore, useCanvas } from '../canvas-store.ts'
import { PortMark } from '../ports/PortMark.tsx'
import { portTitle } from '../ports/port-title.ts'
import { dropPull } from './pull-store.ts'

const WIDTH_PX = 240
const ROW_PX = 36

/** Several ports of the node would take the cable: which one? */
export function PortChooser() {
  const t = useText()
  const language = useView((state) => state.language)
  const chooser = useCanvas((state) => state.chooser)
  if (!chooser) return null
  const { workflow } = documentStore.getState()
  const { descriptors } = catalogStore.getState()
  const severalNodes = chooser.ports.some(({ node }) => node !== chooser.ports[0]?.node)
  const close = () => canvasStore.setState({ chooser: null })
  return (
    <>
      <div className="overlay-catch" onPointerDown={close} />
      <div
        className="menu port-chooser"
        role="menu"
        aria-label={t('chooser.title')}
        style={{
          left: Math.max(8, Math.min(chooser.screen.x, innerWidth - WIDTH_PX - 8)),
          top: Math.max(8, Math.min(chooser.screen.y, innerHeight - chooser.ports.length * ROW_PX - 24)),
        }}
      >
        {chooser.ports.map((end) => {
          const port = portOf(workflow, descriptors, end)
          const descriptor = descriptors.get(workflow.nodes[end.node]?.type ?? '')
          if (!port || !descriptor) return null
          return (
            <button
              key={`${end.node}.${end.port}`}
              type="button"
              role="menuitem"
              className="menu-item"
              // biome-ignore lint/a11y/noAutofocus: the list asks a question that the drag began.
              autoFocus={end === chooser.ports[0]}
              onKeyDown={(event) => (event.key === 'Escape' ? close() : stepFocus(event))}
              onClick={() => {
                dropPull(chooser.pull, end)
                close()
              }}
            >
              <PortMark type={port.type} optional={port.optional === true} />
              {severalNodes && <b>{workflow.nodes[end.node]?.title ?? nodeText(descriptor, language).title}</b>}
              {portTitle(nodeText(descriptor, language), descriptor, port)}
            </button>
          )
        })}
      </div>
    </>
  )
}

/** ↑ and ↓ go round the list. */
function stepFocus(event: React.KeyboardEvent<HTMLElement>): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
  if (step === undefined) return
  event.preventDefault()
  const items = [...event.currentTarget.parentElement!.querySelectorAll<HTMLElement>('[role=menuitem]')]
  items[(items.indexOf(event.currentTarget) + step + items.length) % items.length]?.focus()
}
