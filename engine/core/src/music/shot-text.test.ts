import { describe, expect, it } from 'vitest'
import { applyShotEdits } from './apply-shot-edits.ts'
import { planShots } from './plan-shots.ts'
import { shotEditsSchema } from './shot-edits.ts'
import { shotsToText, textToShotEdits } from './shot-text.ts'
import { madeSong } from './testing/made-songs.ts'

const planned = planShots(madeSong({ bpm: 120, bars: [4, 4], leadSeconds: 0 }), {
  prompts: 'red\nblue',
  camera: [],
  seed: '3',
})

describe('a plan as text', () => {
  it('has a line for each shot', () => {
    const { shots } = applyShotEdits(planned, [
      {
        do: 'lock',
        from: 8,
        to: 12.4,
        prompt: 'slow pan left,\nwarm light',
        seed: '81',
        picture: 1,
        framing: 'wide',
        starred: true,
        fadeSeconds: 0.5,
      },
    ])
    const line = shotsToText(shots)
      .split('\n')
      .find((one) => one.startsWith('0:08'))
    expect(line).toBe('0:08.000  2 wide  seed 81  fade 0.5  lock star  | slow pan left, warm light')
  })

  it('that is not changed gives no edits', () => {
    expect(textToShotEdits(shotsToText(planned), planned)).toEqual({ edits: [], problems: [] })
  })

  it('leaves as planned what a line leaves out, and skips remarks', () => {
    const { edits, problems } = textToShotEdits('# mine\n0:00\n\n0:07.5 close | snow', planned)
    expect(problems).toEqual([])
    expect(shotEditsSchema.safeParse(edits).success).toBe(true)
    const { shots } = applyShotEdits(planned, edits).shots
    expect(shots).toHaveLength(2)
    expect(shots[0]).toMatchObject({ prompt: 'red', seed: planned.shots[0]?.seed, endSeconds: 7.5 })
    expect(shots[1]).toMatchObject({ prompt: 'snow', framing: 'close', reason: 'hand' })
  })

  it.each([
    ['12 wide | x', 'Line 1: "12" is no time; write minutes and seconds, such as 0:12.400.'],
    ['0:02 | x', 'Line 1: the first shot has to begin at 0:00.000.'],
    ['0:00\n0:99 | x', 'Line 2: "0:99" is no time; write minutes and seconds, such as 0:12.400.'],
    ['0:00\n0:05\n0:05', 'Line 3: 0:05.000 is not a frame later than the shot before it.'],
    ['0:00\n0:30', 'Line 2: 0:30.000 lies beyond the end of the sound, at 0:16.000.'],
    [
      '0:00 huge',
      'Line 1: "huge" is not known here; words may be wide, medium, close, seed, fade, continues, lock and star, and the prompt stands behind |.',
    ],
    ['0:00 seed x', 'Line 1: a seed is a whole number of up to 15 digits, not "x".'],
    ['0:00 fade 9', 'Line 1: a fade lasts from 0 to 4 seconds, not "9".'],
    ['0:00 0', 'Line 1: pictures are numbered from 1 to 1000, not "0".'],
    ['  \n# nothing', 'The text names no shot: write a line such as 0:00.000  1 wide  | zoom in.'],
  ])('refuses %j with the line and what is wrong', (text, message) => {
    const { edits, problems } = textToShotEdits(text, planned)
    expect(edits).toEqual([])
    expect(problems.map((problem) => problem.message)).toEqual([message])
  })

  it('names every line that is wrong at once', () => {
    const { problems } = textToShotEdits('0:00 huge\n0:04\nx', planned)
    expect(problems.map(({ line }) => line)).toEqual([1, 3])
  })
})
