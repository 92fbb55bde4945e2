import { documentStore } from '../document/document-store.ts'
import { setParam } from '../document/edits.ts'
import { changeSettings, viewStore } from '../view/view-store.ts'
import { randomSeed } from './random-seed.ts'

/** Seeds that change before each run, remembered on this machine by document, so that one file never rolls another's. */

const MOST_REMEMBERED = 200

const addressOf = (draftId: string, node: string, param: string): string => `${draftId}:${node}.${param}`

export function rolls(rolling: readonly string[], node: string, param: string): boolean {
  return rolling.includes(addressOf(documentStore.getState().draftId, node, param))
}

export function setRolling(node: string, param: string, on: boolean): void {
  const address = addressOf(documentStore.getState().draftId, node, param)
  const others = viewStore.getState().rollingSeeds.filter((item) => item !== address)
  changeSettings({ rollingSeeds: on ? [...others, address].slice(-MOST_REMEMBERED) : others })
}

/** A new value for every seed of the document that rolls; called just before a run. */
export function rollSeeds(): void {
  const { workflow, draftId, gesture, edit } = documentStore.getState()
  const mine = viewStore.getState().rollingSeeds.filter((address) => address.startsWith(`${draftId}:`))
  if (mine.length === 0) return
  gesture(() => {
    for (const address of mine) {
      const place = address.slice(draftId.length + 1)
      const dot = place.lastIndexOf('.')
      const [node, param] = [place.slice(0, dot), place.slice(dot + 1)]
      if (workflow.nodes[node]) edit(setParam(node, param, randomSeed()))
    }
  })
}
