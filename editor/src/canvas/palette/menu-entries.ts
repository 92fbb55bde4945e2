export type MenuTarget = 'node' | 'group' | 'box' | 'edge' | 'pane'

/** Commands by what was clicked, in groups with a line between. Each has keys and is found among all commands. */
export const MENU_ENTRIES: Record<MenuTarget, string[][]> = {
  node: [
    ['runToHere'],
    ['linkFrom', 'rename', 'duplicate', 'copy', 'cut'],
    ['mute', 'bypass', 'collapse', 'pin', 'lock'],
    ['group', 'subgraph', 'leaveFrame', 'tidy'],
    ['removeLinks', 'delete', 'deleteJoining'],
  ],
  group: [
    ['runToHere'],
    ['rename', 'duplicate', 'copy', 'cut'],
    ['collapse', 'subgraph', 'ungroup', 'tidy'],
    ['mute', 'bypass', 'pin', 'lock'],
    ['delete'],
  ],
  box: [
    ['enter', 'runToHere'],
    ['rename', 'duplicate', 'copy', 'cut'],
    ['morePorts', 'collapse', 'ungroup', 'group', 'leaveFrame'],
    ['mute', 'bypass', 'pin', 'lock'],
    ['delete'],
  ],
  edge: [['reroute', 'linkTag'], ['delete']],
  pane: [
    ['palette', 'paste', 'pasteLinked'],
    ['undo', 'redo'],
    ['selectAll', 'fit', 'find', 'commands'],
    ['open', 'save', 'shortcuts'],
  ],
}
