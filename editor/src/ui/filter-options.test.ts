import { expect, it } from 'vitest'
import { filterOptions } from './filter-options.ts'

const options = [
  { value: 'uni-pc', label: 'UniPC' },
  { value: 'flow-match-euler', label: 'Flow match euler', note: 'plain' },
  { value: 'euler', label: 'Euler' },
]

it('W1: typing filters choices by label, value and note, what begins with the text first', () => {
  expect(filterOptions(options, 'euler').map((option) => option.value)).toEqual(['euler', 'flow-match-euler'])
  expect(filterOptions(options, 'plain flow').map((option) => option.value)).toEqual(['flow-match-euler'])
  expect(filterOptions(options, 'pc')).toHaveLength(1)
  expect(filterOptions(options, 'nothing')).toEqual([])
  expect(filterOptions(options, ' ')).toBe(options)
})
