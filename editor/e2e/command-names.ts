import { WORDS } from '../src/i18n/dictionaries.ts'

/** The commands that the behaviour sheet's tables name, by their labels: English, Chinese. */
const LABELS = [
  'run runNext runToHere cancel undo redo copy cut paste pasteLinked duplicate delete group ungroup subgraph enter leave',
  'mute bypass collapse pin lock alignLeft alignRight alignTop alignBottom distribute tidy fit zoomReset zoomIn zoomOut',
  'minimap nudge.left nudge.right nudge.up nudge.down leap.left leap.right leap.up leap.down save saveAs open newTab',
  'closeTab find shortcuts queue assets library inspector focusMode nextRegion previousRegion palette selectAll',
  'selectNone rename contextMenu reroute removeLinks deleteJoining linkFrom openFields followIn followOut',
]
  .join(' ')
  .split(' ')

const words: Record<string, readonly [string, string]> = WORDS

export const COMMAND_NAMES = LABELS.map((label) => {
  const names = words[`command.${label}`]
  if (!names) throw new Error(`No command is called ${label}.`)
  return names
})
