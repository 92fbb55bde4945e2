import type { Beats } from '@beatloom/core'
import { describe, expect, it } from 'vitest'
import { MOST_LINES, readSchedule, scheduleInSeconds } from './read-schedule.ts'

const codes = (text: string) => readSchedule(text).problems.map(({ code }) => code)

describe('a schedule', () => {
  it('is read in clock time, seconds and bars, in both languages', () => {
    const lines = [
      '0:00 zoom in',
      '# a remark',
      '',
      '0:04.5 - pan left, lights flash',
      '6s tilt up',
      '7.5 seconds: roll left',
      '8 秒 镜头左移',
      '9 hold still',
      'bar 6: the lights flash',
      '第 8 小节 灯光闪烁',
      '1:10 still',
    ]
    const { prompts, problems } = readSchedule(lines.join('\n'))
    expect(problems).toEqual([])
    expect(prompts).toEqual([
      { at: { seconds: 0 }, words: 'zoom in' },
      { at: { seconds: 4.5 }, words: 'pan left, lights flash' },
      { at: { seconds: 6 }, words: 'tilt up' },
      { at: { seconds: 7.5 }, words: 'roll left' },
      { at: { seconds: 8 }, words: '镜头左移' },
      { at: { seconds: 9 }, words: 'hold still' },
      { at: { bar: 6 }, words: 'the lights flash' },
      { at: { bar: 8 }, words: '灯光闪烁' },
      { at: { seconds: 70 }, words: 'still' },
    ])
  })

  it.each([
    ['', ['no_lines']],
    ['# nothing', ['no_lines']],
    ['zoom in', ['no_time']],
    ['0:00 zoom in\npan left', ['no_time']],
    ['0:75 zoom in', ['no_time']],
    ['0:00', ['no_words']],
    ['0:02 zoom in', ['late_start']],
    ['bar 2 zoom in', ['late_start']],
    ['0:00 zoom in\n0:00 pan', ['not_later']],
    ['bar 1 zoom in\nbar 5 pan\nbar 4 tilt', ['not_later']],
    [Array.from({ length: MOST_LINES + 1 }, (_, i) => `${i} s pan`).join('\n'), ['too_many']],
  ])('%j is refused: %j', (text, expected) => {
    expect(codes(text)).toEqual(expected)
  })

  it('names the line that is wrong', () => {
    expect(readSchedule('0:00 zoom\n\nwrong').problems[0]?.message).toMatch(/^Line 3 does not begin with a time/)
  })
})

describe('bars', () => {
  const beats = { downbeats: [0.4, 2.4, 4.4] } as Beats
  const timed = (text: string, given: Beats | null) => scheduleInSeconds(readSchedule(text).prompts, given)

  it('begin at their downbeats, the first one with the clip', () => {
    expect(
      timed('bar 1 zoom in\nbar 2 pan\n3s tilt\nbar 3 roll', beats).prompts.map((each) => each.startSeconds),
    ).toEqual([0, 2.4, 3, 4.4])
  })

  it('that are not there, or of which nothing is known, are refused', () => {
    expect(timed('0:00 zoom\nbar 4 pan', beats).problems).toEqual([
      { code: 'no_bar', message: 'There is no bar 4 in this sound; it has 3.' },
    ])
    expect(timed('0:00 zoom\nbar 2 pan', null).problems[0]?.message).toMatch(/link the beats/)
  })

  it('are compared with seconds once their time is known', () => {
    expect(timed('0:00 zoom\n0:03 pan\nbar 2 tilt', beats).problems.map(({ code }) => code)).toEqual(['not_later'])
  })
})
