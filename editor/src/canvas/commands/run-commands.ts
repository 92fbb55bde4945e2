import { resultFiles } from '../../run/result-files.ts'
import { runStore } from '../../run/run-store.ts'
import { isOver } from '../../run/run-view.ts'
import { cancelCurrentRun, retryDocument, runDocument } from '../../shell/session.ts'
import { catalogStore } from '../../view/catalog-store.ts'
import { changeSettings, viewStore } from '../../view/view-store.ts'
import { canvasStore, selectedIds } from '../canvas-store.ts'
import { revealNode } from '../view/reveal.ts'
import type { CanvasCommand } from './command.ts'

const isGoing = (): boolean => {
  const { run } = runStore.getState()
  return run !== null && !isOver(run.state)
}
const hasResult = (): boolean => {
  const { run, workflow } = runStore.getState()
  return resultFiles(run, workflow, catalogStore.getState().descriptors).length > 0
}
const hasFailed = (): boolean => ['failed', 'interrupted', 'cancelled'].includes(runStore.getState().run?.state ?? '')

export const RUN_COMMANDS: readonly CanvasCommand[] = [
  { id: 'run', label: 'command.run', keys: ['Mod+Enter'], run: () => void runDocument() },
  { id: 'runNext', label: 'command.runNext', keys: ['Mod+Shift+Enter'], run: () => void runDocument({ next: true }) },
  {
    id: 'runToHere',
    label: 'command.runToHere',
    keys: ['Shift+Enter'],
    possible: () => selectedIds().length > 0,
    run: () => selectedIds().length > 0 && void runDocument({ nodes: selectedIds() }),
  },
  {
    id: 'cancel',
    label: 'command.cancel',
    keys: ['Mod+Alt+Enter'],
    run: () => void cancelCurrentRun(),
  },
  {
    id: 'showResult',
    label: 'result.show',
    keys: ['V'],
    possible: hasResult,
    run: () => canvasStore.setState({ dialog: 'result' }),
  },
  { id: 'retry', label: 'command.retry', keys: [], possible: hasFailed, run: () => void retryDocument() },
  {
    id: 'showRunning',
    label: 'command.showRunning',
    keys: [],
    possible: () => isGoing() && runStore.getState().run?.activeNode !== null,
    run: () => {
      const node = runStore.getState().run?.activeNode
      if (node) revealNode(node)
    },
  },
  {
    id: 'followRun',
    label: 'command.followRun',
    keys: [],
    run: () => changeSettings({ followRun: !viewStore.getState().followRun }),
  },
]
