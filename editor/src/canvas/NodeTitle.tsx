import { useState } from 'react'
import { useDocument } from '../document/document-store.ts'
import { renameNode } from '../document/edits.ts'
import { useText } from '../i18n/index.ts'
import { canvasStore, useCanvas } from './canvas-store.ts'

interface NodeTitleProps {
  id: string
  name: string
  hint: string
}

/** Double-click or F2 renames; an empty name brings the default back. */
export function NodeTitle({ id, name, hint }: NodeTitleProps) {
  const renaming = useCanvas((state) => state.renaming === id)
  return renaming ? (
    <TitleField id={id} name={name} />
  ) : (
    <h3 className="node-title" title={hint} onDoubleClick={() => canvasStore.setState({ renaming: id })}>
      {name}
    </h3>
  )
}

function TitleField({ id, name }: { id: string; name: string }) {
  const t = useText()
  const edit = useDocument((state) => state.edit)
  const [text, setText] = useState(name)
  const close = () => canvasStore.setState({ renaming: null })
  return (
    <input
      className="node-title-field nodrag"
      aria-label={t('node.rename')}
      // biome-ignore lint/a11y/noAutofocus: the field appears because a person asked to type here.
      autoFocus
      value={text}
      onFocus={(event) => event.target.select()}
      onChange={(event) => setText(event.target.value)}
      onBlur={() => {
        if (text !== name) edit(renameNode(id, text))
        close()
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter') event.currentTarget.blur()
        if (event.key === 'Escape') close()
      }}
    />
  )
}
