import { DatabaseSync } from 'node:sqlite'
import { expect, it } from 'vitest'
import { JsonTable } from '../store/small-stores.ts'
import { SpeedBook } from './speed-book.ts'

function book(): SpeedBook {
  const database = new DatabaseSync(':memory:')
  database.exec('CREATE TABLE facts (reference TEXT PRIMARY KEY, json TEXT NOT NULL)')
  return new SpeedBook(new JsonTable(database, 'facts'))
}

it('takes a node’s own measure and a wide range before it was ever seen here', () => {
  expect(book().speedOf('test.node 1')).toEqual({ low: 0.4, middle: 1, high: 3 })
})

it('learns seconds for a unit of work, and trusts a single time with care', () => {
  const learned = book()
  learned.learn('test.node 1', 6, 3)
  expect(learned.speedOf('test.node 1')).toEqual({ low: 1, middle: 2, high: 4 })
  expect(learned.speedOf('test.node 2').middle).toBe(1)
})

it('takes the middle four fifths of the last 20 times, whatever one odd run said', () => {
  const learned = book()
  for (let i = 0; i < 30; i++) learned.learn('test.node 1', 100, 1)
  for (let i = 1; i <= 19; i++) learned.learn('test.node 1', 1 + i / 100, 1)
  learned.learn('test.node 1', 500, 1)
  const { low, middle, high } = learned.speedOf('test.node 1')
  // 1.01 … 1.19 and one 500: the median is 1.105, the ninth decile lies at 1.181.
  expect(middle).toBeCloseTo(1.105, 6)
  expect(low).toBeCloseTo(0.9945, 6)
  expect(high).toBeCloseTo(1.2155, 3)
})

it('learns nothing from no work, or from a clock gone wrong', () => {
  const learned = book()
  for (const [seconds, work] of [
    [1, 0],
    [Number.NaN, 1],
    [-1, 1],
    [1, Number.NaN],
  ] as const)
    learned.learn('test.node 1', seconds, work)
  expect(learned.speedOf('test.node 1').middle).toBe(1)
})
