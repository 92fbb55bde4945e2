import { changeSettings, type LinkShape, type LinkShow, viewStore } from '../../view/view-store.ts'
import { selectedIds } from '../canvas-store.ts'
import {
  deleteJoining,
  removeSelectedLinks,
  rerouteSelected,
  selectedEdges,
  tagSelected,
} from '../links/link-actions.ts'
import type { CanvasCommand } from './command.ts'

const shape = (linkShape: LinkShape) => () => changeSettings({ linkShape })
const show = (linkShow: LinkShow) => () => changeSettings({ linkShow })
const hasLink = () => selectedEdges().length > 0
const hasNode = () => selectedIds().length > 0

/** Links: looks, name tags, reroutes. */
export const LINK_COMMANDS: readonly CanvasCommand[] = [
  { id: 'reroute', label: 'command.reroute', keys: ['R'], possible: hasLink, run: rerouteSelected },
  {
    id: 'linkTag',
    label: 'command.linkTag',
    keys: ['Alt+T'],
    possible: () => hasLink() || hasNode(),
    run: tagSelected,
  },
  { id: 'removeLinks', label: 'command.removeLinks', keys: ['Alt+R'], possible: hasNode, run: removeSelectedLinks },
  {
    id: 'deleteJoining',
    label: 'command.deleteJoining',
    keys: ['Mod+Backspace'],
    possible: () => hasNode() || hasLink(),
    run: deleteJoining,
  },
  { id: 'linkCurved', label: 'command.linkCurved', keys: [], run: shape('curved') },
  { id: 'linkStraight', label: 'command.linkStraight', keys: [], run: shape('straight') },
  { id: 'linkAngled', label: 'command.linkAngled', keys: [], run: shape('angled') },
  { id: 'linksAll', label: 'command.linksAll', keys: [], run: show('all') },
  { id: 'linksNear', label: 'command.linksNear', keys: [], run: show('near') },
  { id: 'linksNone', label: 'command.linksNone', keys: [], run: show('none') },
  {
    id: 'snap',
    label: 'command.snap',
    keys: ['Alt+G'],
    run: () => changeSettings({ snap: !viewStore.getState().snap }),
  },
  {
    id: 'navigation',
    label: 'command.navigation',
    keys: [],
    run: () => changeSettings({ navigation: viewStore.getState().navigation === 'mouse' ? 'trackpad' : 'mouse' }),
  },
]
