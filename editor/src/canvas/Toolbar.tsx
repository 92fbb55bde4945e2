import {
  FolderOpen,
  History,
  Images,
  LibraryBig,
  Redo2,
  Save,
  Share2,
  SlidersHorizontal,
  SquareTerminal,
  Undo2,
} from 'lucide-react'
import type { ReactNode } from 'react'
import { isDirty, useDocument } from '../document/document-store.ts'
import { setTitle } from '../document/edits.ts'
import { useText } from '../i18n/index.ts'
import { FaceSwitch } from '../shell/FaceSwitch.tsx'
import { Preferences } from '../shell/Preferences.tsx'
import { Wordmark } from '../shell/Wordmark.tsx'
import { IconButton } from '../ui/Button.tsx'
import { togglePanel, useView } from '../view/view-store.ts'
import { canvasStore } from './canvas-store.ts'
import { fileDialogs } from './files/file-dialogs.ts'
import { saveToFile } from './files/save-file.ts'
import { useKeyText } from './keys/key-bindings.ts'
import { panelsStore, togglePart, usePanels } from './panels-store.ts'
import { RunControls } from './RunControls.tsx'
import { RunStrip } from './RunStrip.tsx'

/** What is used all the time; everything else is a press of Ctrl+K away. */
export function Toolbar() {
  const t = useText()
  const keys = {
    commands: useKeyText('commands'),
    open: useKeyText('open'),
    save: useKeyText('save'),
    share: useKeyText('share'),
    undo: useKeyText('undo'),
    redo: useKeyText('redo'),
  }
  const undo = useDocument((state) => state.undo)
  const redo = useDocument((state) => state.redo)
  const canUndo = useDocument((state) => state.history.past.length > 0)
  const canRedo = useDocument((state) => state.history.future.length > 0)
  return (
    <header className="toolbar">
      <div className="toolbar-group">
        <Wordmark />
        <TitleField />
      </div>
      <div className="toolbar-group" data-part="file">
        <IconButton
          className="toolbar-commands"
          label={t('command.commands')}
          keys={keys.commands}
          onClick={() => panelsStore.setState({ commands: true })}
        >
          <SquareTerminal size={18} />
        </IconButton>
        <IconButton label={t('command.open')} keys={keys.open} onClick={() => canvasStore.setState({ dialog: 'open' })}>
          <FolderOpen size={18} />
        </IconButton>
        <IconButton label={t('command.save')} keys={keys.save} onClick={saveToFile}>
          <Save size={18} />
        </IconButton>
        <IconButton
          label={t('command.share')}
          keys={keys.share}
          onClick={() => fileDialogs.setState({ sharing: true })}
        >
          <Share2 size={18} />
        </IconButton>
        <span className="toolbar-line" />
        <IconButton label={t('command.undo')} keys={keys.undo} disabled={!canUndo} onClick={undo}>
          <Undo2 size={18} />
        </IconButton>
        <IconButton label={t('command.redo')} keys={keys.redo} disabled={!canRedo} onClick={redo}>
          <Redo2 size={18} />
        </IconButton>
      </div>
      <div className="toolbar-group" data-part="run">
        <RunControls />
      </div>
      <div className="toolbar-group" data-part="view">
        <PartButton part="library" icon={<LibraryBig size={18} />} />
        <PartButton part="inspector" icon={<SlidersHorizontal size={18} />} />
        <PanelButton panel="queue" icon={<History size={18} />} />
        <PanelButton panel="assets" icon={<Images size={18} />} />
        <span className="toolbar-line" />
        <FaceSwitch />
        <Preferences />
      </div>
      <RunStrip />
    </header>
  )
}

interface PartButtonProps {
  part: 'library' | 'inspector'
  icon: ReactNode
}

function PartButton({ part, icon }: PartButtonProps) {
  const t = useText()
  const shown = usePanels((state) => state[part])
  return (
    <IconButton
      label={t(`command.${part}`)}
      keys={useKeyText(part)}
      aria-pressed={shown}
      onClick={() => togglePart(part)}
    >
      {icon}
    </IconButton>
  )
}

interface PanelButtonProps {
  panel: 'queue' | 'assets'
  icon: ReactNode
}

function PanelButton({ panel, icon }: PanelButtonProps) {
  const t = useText()
  const shown = useView((state) => state.panel === panel)
  return (
    <IconButton
      label={t(`command.${panel}`)}
      keys={useKeyText(panel)}
      aria-pressed={shown}
      onClick={() => togglePanel(panel)}
    >
      {icon}
    </IconButton>
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
