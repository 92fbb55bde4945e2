import type { HeldTab } from '../shell/held-tabs.ts'

const underWay = new WeakMap<HeldTab, Map<string, Set<File>>>()

/**
 * The files that were given to a list of a tab and are not in it yet: they take up its room, whichever view of the list
 * they were given to and however often it was put away meanwhile. The set itself, to be added to and deleted from.
 * @param list its node and param.
 */
export function filesUnderWay(tab: HeldTab, list: string): Set<File> {
  const lists = underWay.get(tab) ?? new Map<string, Set<File>>()
  underWay.set(tab, lists)
  const files = lists.get(list) ?? new Set()
  lists.set(list, files)
  return files
}
