import { useState } from 'react'
import { clockTime } from '../i18n/format.ts'
import { useText } from '../i18n/index.ts'
import { zoomed } from '../previews/song-window.ts'
import type { SongStage } from '../previews/use-song-stage.ts'
import { announce } from '../shell/announce-store.ts'
import { type BeatCommand, beatCommand } from './beat-keys.ts'
import { beatAt, nextBeat } from './beat-places.ts'
import type { BeatEdits } from './use-beat-edits.ts'
import type { Taps } from './use-taps.ts'

const SAME_SECONDS = 5e-4
const tidy = (seconds: number): number => Math.round(seconds * 1e4) / 1e4

/** The chosen beat, and what keys and buttons do with it; each says to a screen reader what came of it. */
export function useBeatCommands(stage: SongStage, edits: BeatEdits, taps: Taps, disabled: boolean) {
  const t = useText()
  const { seconds } = stage.source
  const { beats, downbeats } = edits.beats
  const [chosen, choose] = useState<number | null>(null)
  const index = chosen === null ? -1 : beatAt(beats, chosen, SAME_SECONDS)
  const beat = beats[index] ?? null
  const isDown = beat !== null && downbeats.includes(beat)
  const within = (time: number): number => Math.min(seconds, Math.max(0, time))
  const nameOf = (at: number): string =>
    t('beatGrid.beat', { n: beatAt(beats, at, SAME_SECONDS) + 1, count: beats.length, time: clockTime(at, 3) })

  function goTo(at: number | null): void {
    choose(at)
    if (at === null) return
    stage.show(at)
    announce(downbeats.includes(at) ? `${nameOf(at)}, ${t('beatGrid.barLine')}` : nameOf(at))
  }
  function nudge(by: number): void {
    if (beat === null || disabled) return
    const to = tidy(within(beat + by))
    edits.add({ do: 'move', at: beat, to }, true)
    choose(to)
    stage.show(to)
    announce(clockTime(to, 3))
  }
  function addAtHead(): void {
    if (disabled) return
    const at = tidy(stage.headTime())
    edits.add({ do: 'add', at })
    choose(at)
    announce(t('beatGrid.added', { time: clockTime(at, 3) }))
  }
  function remove(): void {
    if (beat === null || disabled) return
    edits.add({ do: 'remove', at: beat })
    announce(t('beatGrid.removed', { time: clockTime(beat, 3) }))
    choose(beats[index + 1] ?? beats[index - 1] ?? null)
  }
  function toggleDown(): void {
    if (beat === null || disabled) return
    edits.add({ do: 'downbeat', at: beat, downbeat: !isDown })
    announce(t(isDown ? 'beatGrid.noBar' : 'beatGrid.bar'))
  }
  function moveHead(by: number): void {
    stage.setHead(within(stage.headTime() + by))
    announce(clockTime(stage.headTime(), 1))
  }
  /** With nothing to leave, the key is somebody else's. */
  function leave(): boolean {
    if (taps.times.length === 0 && chosen === null) return false
    taps.drop()
    choose(null)
    return true
  }
  function carryOut(command: BeatCommand): void {
    if (command.do === 'select') goTo(nextBeat(beats, beat, command.by))
    else if (command.do === 'end') goTo(nextBeat(beats, null, command.by))
    else if (command.do === 'nudge') nudge(command.seconds)
    else if (command.do === 'head') moveHead(command.seconds)
    else if (command.do === 'zoom') stage.setView(zoomed(stage.view, command.factor, beat ?? stage.headTime(), seconds))
    else if (command.do === 'add') addAtHead()
    else if (command.do === 'remove') remove()
    else if (command.do === 'downbeat') toggleDown()
    else if (command.do === 'play') stage.player.toggle()
    else if (command.do === 'tap' && !disabled) taps.tap()
  }
  function onKeyDown(event: React.KeyboardEvent): void {
    const command = event.target === event.currentTarget ? beatCommand(event) : null
    if (!command || (command.do === 'leave' && !leave())) return
    event.preventDefault()
    event.stopPropagation()
    carryOut(command)
  }
  const name = beat === null ? '' : nameOf(beat)
  return { beat, name, isDown, choose, nudge, addAtHead, remove, toggleDown, onKeyDown }
}
