/** A line through values spread over `width`, lowest at the bottom, highest at the top. */
export function curvePath(values: readonly number[], width: number, height: number): string {
  if (values.length === 0) return ''
  let low = Number.POSITIVE_INFINITY
  let high = Number.NEGATIVE_INFINITY
  for (const value of values) {
    low = Math.min(low, value)
    high = Math.max(high, value)
  }
  const span = high - low || 1
  const stride = Math.max(1, Math.ceil(values.length / (width * 2)))
  const points: string[] = []
  for (let index = 0; index < values.length; index += stride) {
    const x = (index / Math.max(1, values.length - 1)) * width
    const y = height - 2 - ((values[index]! - low) / span) * (height - 4)
    points.push(`${x.toFixed(1)} ${y.toFixed(1)}`)
  }
  return `M${points.join('L')}`
}
