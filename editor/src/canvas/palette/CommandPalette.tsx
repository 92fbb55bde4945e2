import { useReactFlow } from '@xyflow/react'
import { Command } from 'cmdk'
import { useMemo, useState } from 'react'
import { translator, useText } from '../../i18n/index.ts'
import { type Spell, usePinyin } from '../../i18n/pinyin.ts'
import { useView } from '../../view/view-store.ts'
import type { FlowEdge, FlowNode } from '../canvas-store.ts'
import { type CanvasCommand, COMMANDS, commandById } from '../commands.ts'
import { keysFor } from '../keys/key-bindings.ts'
import { isMac, keyText } from '../keys/key-match.ts'
import { panelsStore, usePanels } from '../panels-store.ts'
import { type Entry, rankNodes } from './rank-nodes.ts'
import { runCommand } from './run-command.ts'
import { SearchDialog } from './SearchDialog.tsx'

/** Every command by its name in either language, with its keys. */
export function CommandPalette() {
  const open = usePanels((state) => state.commands)
  return open ? <OpenCommands /> : null
}

const english = translator('en')
const chinese = translator('zh')

export function commandEntry(command: CanvasCommand, spell: Spell): Entry {
  const zh = chinese(command.label)
  return {
    type: command.id,
    titles: [english(command.label), zh, ...spell(zh)],
    aliases: [],
    words: command.keys.map((keys) => keyText(keys, isMac())),
    description: '',
  }
}

function OpenCommands() {
  const t = useText()
  const flow = useReactFlow<FlowNode, FlowEdge>()
  const chosenKeys = useView((state) => state.shortcuts)
  const spell = usePinyin()
  const [query, setQuery] = useState('')
  const [chosen, setChosen] = useState('')
  const entries = useMemo(
    () => COMMANDS.filter(({ id }) => id !== 'commands').map((command) => commandEntry(command, spell)),
    [spell],
  )
  const found = rankNodes(query, entries)
  const current = found.some((entry) => entry.type === chosen) ? chosen : (found[0]?.type ?? '')
  const close = () => panelsStore.setState({ commands: false })
  function run(command: CanvasCommand): void {
    close()
    // The focus goes back to where it was first; the command then acts there.
    setTimeout(() => runCommand(command, flow), 60)
  }
  return (
    <SearchDialog
      label={t('command.commands')}
      placeholder={t('commands.search')}
      query={query}
      onQuery={setQuery}
      current={current}
      onCurrent={setChosen}
      onClose={close}
    >
      {found.map(({ type }) => {
        const command = commandById(type)
        return (
          <Command.Item key={type} value={type} disabled={command.possible?.() === false} onSelect={() => run(command)}>
            <span>{t(command.label)}</span>
            <kbd>{keyText(keysFor(command, chosenKeys)[0] ?? '', isMac())}</kbd>
          </Command.Item>
        )
      })}
    </SearchDialog>
  )
}
