import { afterEach, expect, it } from 'vitest'
import { type Language, viewStore } from '../view/view-store.ts'
import { clockTime, exactSeconds, fileSize, numberText, percent, workRange, workTime } from './format.ts'

const inLanguage = <T>(language: Language, text: () => T): T => {
  viewStore.setState({ language })
  return text()
}
afterEach(() => viewStore.setState({ language: 'en' }))

it.each([
  [() => workTime(0.84), '0.8 s', '0.8 秒'],
  // A cached run took some time, if little.
  [() => workTime(0.02), '< 0.1 s', '< 0.1 秒'],
  [() => workTime(12.4), '12 s', '12 秒'],
  [() => workTime(200), '3 min 20 s', '3 分 20 秒'],
  // 119.6 seconds are two minutes, never one minute and sixty seconds.
  [() => workTime(119.6), '2 min 0 s', '2 分 0 秒'],
  [() => workRange(12, 18), '12–18 s', '12–18 秒'],
  [() => workRange(3.21, 3.24), '3.2 s', '3.2 秒'],
  [() => workRange(0.01, 0.02), '< 0.1 s', '< 0.1 秒'],
  [() => workRange(0.01, 0.3), '< 0.3 s', '< 0.3 秒'],
  [() => workRange(60, 120), '60 s – 2 min 0 s', '60 秒 – 2 分 0 秒'],
  [() => exactSeconds(81 / 16), '5.06 s', '5.06 秒'],
  [() => percent(0.429), '42 %', '42%'],
  [() => numberText(12345.6, 1), '12,345.6', '12,345.6'],
  [() => fileSize(999), '999 B', '999 B'],
  [() => fileSize(999_600), '1.0 MB', '1.0 MB'],
  [() => fileSize(22_500_000), '22.5 MB', '22.5 MB'],
  [() => fileSize(4.2e9), '4.20 GB', '4.20 GB'],
  [() => clockTime(75.5, 1), '1:15.5', '1:15.5'],
])('L2: lengths, sizes and shares read naturally in both languages (%#)', (text, english, chinese) => {
  expect(inLanguage('en', text)).toBe(english)
  expect(inLanguage('zh', text)).toBe(chinese)
})
