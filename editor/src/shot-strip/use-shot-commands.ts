import type { Shot, ShotEdit } from '@beatloom/core'
import { useState } from 'react'
import { nextBeat } from '../beat-grid/beat-places.ts'
import { clockTime } from '../i18n/format.ts'
import { useText } from '../i18n/index.ts'
import type { SongStage } from '../previews/use-song-stage.ts'
import { announce } from '../shell/announce-store.ts'
import { randomShotSeed } from './random-shot-seed.ts'
import { type ShotCommand, shotCommand } from './shot-keys.ts'
import { lockOf, shotAt, tidySeconds, withoutLock } from './shot-plan.ts'
import type { ShotEdits } from './use-shot-edits.ts'

/** What can be set of a shot. */
export type ShotContent = Omit<Extract<ShotEdit, { do: 'set' }>, 'do' | 'at'>

interface CommandParts {
  stage: SongStage
  edits: ShotEdits
  beats: readonly number[]
  /** Goes to the field of the chosen shot's words. */
  onWords(): void
}

/** The chosen shot, and what keys and buttons do with it; each says to a screen reader what came of it. */
export function useShotCommands({ stage, edits, beats, onWords }: CommandParts) {
  const t = useText()
  const { plan } = edits
  const { seconds } = stage.source
  /** A moment in the chosen shot: it stays chosen wherever its number goes. */
  const [moment, setMoment] = useState(0)
  const chosen = shotAt(plan, moment)
  const shot = plan.shots[chosen] as Shot
  const middle = Math.round(((shot.startSeconds + shot.endSeconds) / 2) * 1e3) / 1e3

  function choose(index: number): void {
    const next = plan.shots[Math.min(plan.shots.length - 1, Math.max(0, index))] as Shot
    setMoment((next.startSeconds + next.endSeconds) / 2)
    stage.show(next.startSeconds)
  }
  function set(content: ShotContent, held = false): void {
    edits.add({ do: 'set', at: middle, ...content }, held)
  }
  function moveStart(by: 1 | -1, step: 'beat' | 'frame'): void {
    const wanted = step === 'frame' ? shot.startSeconds + by / plan.frameRate : nextBeat(beats, shot.startSeconds, by)
    if (wanted === null || chosen === 0) return
    const to = tidySeconds(Math.max(0, wanted))
    const done = edits.add({ do: 'move', at: tidySeconds(shot.startSeconds), to }, true)
    announce(done ? `${t('shots.edge', { n: chosen + 1 })}: ${clockTime(to, 2)}` : t('shots.cannotMove'))
    // The start may have passed the moment by which the shot is known.
    if (done) setMoment(Math.max(moment, (to + shot.endSeconds) / 2))
  }
  function split(): void {
    const at = tidySeconds(stage.headTime())
    if (!edits.add({ do: 'cut', at })) announce(t('shots.cannotSplit'))
  }
  function join(): void {
    const next = plan.shots[chosen + 1]
    if (next && !edits.add({ do: 'join', at: tidySeconds(next.startSeconds) })) announce(t('shots.cannotMove'))
  }
  function toggleLock(): void {
    if (shot.locked) edits.put(withoutLock(edits.edits, shot))
    else edits.add(lockOf(shot, plan.frameRate))
    announce(t(shot.locked ? 'shots.unlocked' : 'shots.locked'))
  }
  function reroll(): void {
    set({ seed: randomShotSeed() })
    announce(t('shots.rerolled'))
  }
  function moveHead(by: number): void {
    stage.setHead(Math.min(seconds, Math.max(0, stage.headTime() + by)))
    announce(clockTime(stage.headTime(), 1))
  }
  function carryOut(command: ShotCommand): void {
    if (command.do === 'select') choose(chosen + command.by)
    else if (command.do === 'end') choose(command.last ? plan.shots.length - 1 : 0)
    else if (command.do === 'start') moveStart(command.by, command.step)
    else if (command.do === 'head') moveHead(command.seconds)
    else if (command.do === 'split') split()
    else if (command.do === 'join') join()
    else if (command.do === 'seed') reroll()
    else if (command.do === 'lock') toggleLock()
    else if (command.do === 'star') set({ starred: !shot.starred })
    else if (command.do === 'words') onWords()
    else stage.player.toggle()
  }
  function onKeyDown(event: React.KeyboardEvent): void {
    const command = event.target === event.currentTarget ? shotCommand(event) : null
    if (!command) return
    event.preventDefault()
    event.stopPropagation()
    carryOut(command)
  }
  return { chosen, shot, choose, set, split, join, toggleLock, reroll, onKeyDown }
}
