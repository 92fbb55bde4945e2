import type { RunEvent, RunEventBody } from '@beatloom/core'
import { describe, expect, it } from 'vitest'
import { overallShare, phaseProgress } from './progress.ts'
import { applyEvent, emptyRun, type RunView } from './run-view.ts'

let seq = 0
const event = (body: RunEventBody, live = false): RunEvent => ({
  ...body,
  run: 'r',
  seq: live ? 0 : ++seq,
  time: '2026-01-01T00:00:00Z',
})
const start = () => {
  seq = 0
  return play(emptyRun('r'), [
    { type: 'run.queued' },
    {
      type: 'run.started',
      nodes: ['beats', 'sampler', 'save'].map((node) => ({ node, action: 'run' as const, reason: 'first run' })),
    },
  ])
}
const play = (run: RunView, bodies: RunEventBody[]) => bodies.reduce((now, body) => applyEvent(now, event(body)), run)
const phaseOf = (node: string) => (({ beats: 'audio', sampler: 'generate', save: 'encode' }) as const)[node] ?? null

const secondsOf = (node: string) => ({ beats: 1, sampler: 7, save: 2 })[node] ?? 0

describe('a run seen through its events', () => {
  it('goes from waiting through steps to done', () => {
    let run = start()
    expect(run.nodes.sampler).toMatchObject({ state: 'waiting', reason: 'first run' })
    run = play(run, [
      { type: 'node.started', node: 'sampler', phase: 'generate' },
      { type: 'node.progress', node: 'sampler', step: 3, steps: 8 },
    ])
    expect(run.nodes.sampler).toMatchObject({ state: 'running', step: 3, steps: 8, phase: 'generate' })
    run = play(run, [{ type: 'node.finished', node: 'sampler', seconds: 2 }])
    expect(run.nodes.sampler).toMatchObject({ state: 'done', seconds: 2 })
  })

  it('changes nothing when stored events come twice, or those of another run come by', () => {
    const run = start()
    const again = event({ type: 'run.queued' })
    expect(applyEvent(run, { ...again, seq: 1 })).toBe(run)
    expect(applyEvent(run, { ...again, run: 'other', seq: 99 })).toBe(run)
  })

  it('a tick of one node leaves the others the same objects', () => {
    const run = start()
    const next = play(run, [{ type: 'node.progress', node: 'beats', step: 1, steps: 2 }])
    expect(next.nodes.sampler).toBe(run.nodes.sampler)
    expect(next.nodes.beats).not.toBe(run.nodes.beats)
  })

  it('collects the frames of a moving preview, and drops them when the node is done', () => {
    const frame = (index: number) =>
      event(
        { type: 'node.preview', node: 'sampler', mime: 'image/jpeg', bytes: `b${index}`, frame: index, frames: 3 },
        true,
      )
    let run = [0, 2].map(frame).reduce(applyEvent, start())
    expect(run.previews.sampler?.frames).toEqual(['data:image/jpeg;base64,b0', undefined, 'data:image/jpeg;base64,b2'])
    expect(run.lastSeq).toBe(2)
    run = play(run, [{ type: 'node.finished', node: 'sampler', seconds: 1 }])
    expect(run.previews).toEqual({})
  })

  it('stops what was still at work when it is cancelled', () => {
    const run = play(start(), [
      { type: 'node.started', node: 'beats' },
      { type: 'run.cancelled', seconds: 1 },
    ])
    expect(run.state).toBe('cancelled')
    expect([run.nodes.beats?.state, run.nodes.save?.state]).toEqual(['stopped', 'stopped'])
  })

  it('a later result never becomes an earlier one: share and phases only grow along the events', () => {
    let run = start()
    const shares = [overallShare(run, secondsOf)]
    for (const node of ['beats', 'sampler', 'save']) {
      for (const step of [1, 2]) {
        run = play(run, [{ type: 'node.progress', node, step, steps: 2 }])
        shares.push(overallShare(run, secondsOf))
      }
      run = play(run, [{ type: 'node.finished', node, seconds: 1 }])
    }
    expect(shares).toEqual(shares.toSorted((a, b) => a - b))
    expect(shares[0]).toBe(0)
    expect(overallShare(run, secondsOf)).toBe(1)
    expect(phaseProgress(run, phaseOf).map(({ phase, state }) => [phase, state])).toEqual([
      ['audio', 'done'],
      ['generate', 'done'],
      ['encode', 'done'],
    ])
  })

  it('weighs nodes by how long they take, and leaves cached ones out', () => {
    const run = play(start(), [
      { type: 'node.cached', node: 'beats' },
      { type: 'node.progress', node: 'sampler', step: 4, steps: 8 },
    ])
    expect(overallShare(run, secondsOf)).toBeCloseTo(3.5 / 9)
  })
})
