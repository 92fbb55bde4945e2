import { alignSelection, distributeSelection, tidySelection } from '../arrange-actions.ts'
import { canvasStore, selectedIds, selectedItems } from '../canvas-store.ts'
import {
  canEnter,
  collapseSelection,
  enterSelection,
  groupSelection,
  leaveFrames,
  leaveGroup,
  markSelection,
  subgraphSelection,
  toggleFullSelection,
  ungroupSelection,
} from '../groups/group-actions.ts'
import { groupOfItem } from '../groups/group-ids.ts'
import type { CanvasCommand } from './command.ts'

const some = () => selectedItems().length > 0
const someNodes = () => selectedIds().length > 0
const several = () => selectedItems().length > 1
const someGroup = () => selectedItems().some((item) => groupOfItem(item) !== null)

/** Groups, sub-graphs, arranging. */
export const GROUP_COMMANDS: readonly CanvasCommand[] = [
  { id: 'group', label: 'command.group', keys: ['Mod+G'], possible: some, run: groupSelection },
  { id: 'ungroup', label: 'command.ungroup', keys: ['Mod+Shift+G'], possible: some, run: ungroupSelection },
  { id: 'leaveFrame', label: 'command.leaveFrame', keys: ['Alt+Shift+G'], possible: some, run: leaveFrames },
  { id: 'subgraph', label: 'command.subgraph', keys: ['Mod+E'], possible: some, run: subgraphSelection },
  { id: 'enter', label: 'command.enter', keys: ['Alt+Enter'], possible: canEnter, run: enterSelection },
  {
    id: 'leave',
    label: 'command.leave',
    keys: ['Alt+Shift+Enter'],
    possible: () => canvasStore.getState().path.length > 0,
    run: () => leaveGroup(),
  },
  { id: 'morePorts', label: 'command.morePorts', keys: ['Alt+O'], possible: someGroup, run: toggleFullSelection },
  { id: 'collapse', label: 'command.collapse', keys: ['Alt+C'], possible: some, run: collapseSelection },
  { id: 'pin', label: 'command.pin', keys: ['P'], possible: someNodes, run: () => markSelection('pinned') },
  { id: 'lock', label: 'command.lock', keys: ['L'], possible: someNodes, run: () => markSelection('locked') },
  {
    id: 'alignLeft',
    label: 'command.alignLeft',
    keys: ['Alt+Shift+ArrowLeft'],
    possible: several,
    run: () => alignSelection('left'),
  },
  {
    id: 'alignRight',
    label: 'command.alignRight',
    keys: ['Alt+Shift+ArrowRight'],
    possible: several,
    run: () => alignSelection('right'),
  },
  {
    id: 'alignTop',
    label: 'command.alignTop',
    keys: ['Alt+Shift+ArrowUp'],
    possible: several,
    run: () => alignSelection('top'),
  },
  {
    id: 'alignBottom',
    label: 'command.alignBottom',
    keys: ['Alt+Shift+ArrowDown'],
    possible: several,
    run: () => alignSelection('bottom'),
  },
  {
    id: 'distribute',
    label: 'command.distribute',
    keys: ['Alt+Shift+D'],
    possible: several,
    run: distributeSelection,
  },
  { id: 'tidy', label: 'command.tidy', keys: ['Alt+Shift+L'], run: tidySelection },
]
