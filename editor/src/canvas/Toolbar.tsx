import { FolderOpen, History, Keyboard, Redo2, Save, Undo2 } from 'lucide-react'
import { isDirty, useDocument } from '../document/document-store.ts'
import { setTitle } from '../document/edits.ts'
import { useText } from '../i18n/index.ts'
import { FaceSwitch } from '../shell/FaceSwitch.tsx'
import { Preferences } from '../shell/Preferences.tsx'
import { Wordmark } from '../shell/Wordmark.tsx'
import { IconButton } from '../ui/Button.tsx'
import { togglePanel, useView } from '../view/view-store.ts'
import { canvasStore } from './canvas-store.ts'
import { commandById } from './commands.ts'
import { isMac, keyText } from './key-match.ts'
import { RunControls } from './RunControls.tsx'
import { RunStrip } from './RunStrip.tsx'
import { saveToFile } from './save-file.ts'

const keysOf = (id: string): string => keyText(commandById(id).keys[0] ?? '', isMac())

export function Toolbar() {
  const t = useText()
  const undo = useDocument((state) => state.undo)
  const redo = useDocument((state) => state.redo)
  const canUndo = useDocument((state) => state.history.past.length > 0)
  const canRedo = useDocument((state) => state.history.future.length > 0)
  const panel = useView((state) => state.panel)
  return (
    <header className="toolbar">
      <div className="toolbar-group">
        <Wordmark />
        <TitleField />
      </div>
      <div className="toolbar-group" data-part="file">
        <IconButton
          label={t('command.open')}
          keys={keysOf('open')}
          onClick={() => canvasStore.setState({ dialog: 'open' })}
        >
          <FolderOpen size={18} />
        </IconButton>
        <IconButton label={t('command.save')} keys={keysOf('save')} onClick={saveToFile}>
          <Save size={18} />
        </IconButton>
        <span className="toolbar-line" />
        <IconButton label={t('command.undo')} keys={keysOf('undo')} disabled={!canUndo} onClick={undo}>
          <Undo2 size={18} />
        </IconButton>
        <IconButton label={t('command.redo')} keys={keysOf('redo')} disabled={!canRedo} onClick={redo}>
          <Redo2 size={18} />
        </IconButton>
      </div>
      <div className="toolbar-group" data-part="run">
        <RunControls />
      </div>
      <div className="toolbar-group" data-part="view">
        <IconButton
          label={t('command.queue')}
          keys="Q"
          aria-pressed={panel === 'queue'}
          onClick={() => togglePanel('queue')}
        >
          <History size={18} />
        </IconButton>
        <IconButton
          label={t('command.shortcuts')}
          keys="?"
          onClick={() => canvasStore.setState({ dialog: 'shortcuts' })}
        >
          <Keyboard size={18} />
        </IconButton>
        <FaceSwitch />
        <Preferences />
      </div>
      <RunStrip />
    </header>
  )
}

function TitleField() {
  const t = useText()
  const title = useDocument((state) => state.workflow.title)
  const dirty = useDocument(isDirty)
  const edit = useDocument((state) => state.edit)
  const seal = useDocument((state) => state.seal)
  return (
    <span className="title-field" data-dirty={dirty}>
      <input
        aria-label={t('document.title')}
        value={title}
        placeholder={t('document.untitled')}
        onChange={(event) => edit(setTitle(event.target.value), 'title')}
        onBlur={seal}
        onKeyDown={(event) => event.key === 'Enter' && event.currentTarget.blur()}
      />
      {dirty && (
        <span className="dirty-dot" role="img" aria-label={t('document.unsaved')} title={t('document.unsaved')} />
      )}
    </span>
  )
}
