import { expect, it } from 'vitest'
import { addCommand } from './add-command.ts'

it('writes the command for a folder, each word safe for a shell', () => {
  expect(addCommand({ folder: '/models/wan', name: '', dtype: '' })).toBe('beatloom models add /models/wan')
  expect(addCommand({ folder: "/my models/ada's; rm -rf ~", name: 'wan', dtype: 'fp16' })).toBe(
    "beatloom models add '/my models/ada'\\''s; rm -rf ~' --name wan --dtype fp16",
  )
  expect(addCommand({ folder: '-rf', name: '', dtype: '' })).toBe('beatloom models add ./-rf')
})
