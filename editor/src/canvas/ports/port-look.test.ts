import { describe, expect, it } from 'vitest'
import { PORT_LOOKS } from './port-look.ts'

function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!
}
/** WCAG 2.2 contrast ratio. */
function contrast(a: string, b: string): number {
  const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x)
  return (high! + 0.05) / (low! + 0.05)
}

describe('port types', () => {
  it.each(Object.entries(PORT_LOOKS))('%s shows on both themes', (_, { colour }) => {
    expect(contrast(colour, '#1b1d21')).toBeGreaterThanOrEqual(3)
    expect(contrast(colour, '#ffffff')).toBeGreaterThanOrEqual(3)
  })
  it('are told apart by tag and colour', () => {
    const looks = Object.values(PORT_LOOKS)
    expect(new Set(looks.map((look) => look.tag)).size).toBe(looks.length)
    expect(new Set(looks.map((look) => look.colour)).size).toBe(looks.length)
  })
})
