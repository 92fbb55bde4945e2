/** Works out `24*60/2` and the like: + − * / and parentheses. Null when it is no sum. */
export function calculate(text: string): number | null {
  const tokens = text.replaceAll(',', '.').match(/\d*\.?\d+(?:e[+-]?\d+)?|[-+*/()]/gi)
  if (!tokens || tokens.join('') !== text.replaceAll(',', '.').replaceAll(/\s/g, '')) return null
  let at = 0

  function sum(): number {
    let left = product()
    while (tokens![at] === '+' || tokens![at] === '-')
      left = tokens![at++] === '+' ? left + product() : left - product()
    return left
  }
  function product(): number {
    let left = factor()
    while (tokens![at] === '*' || tokens![at] === '/') left = tokens![at++] === '*' ? left * factor() : left / factor()
    return left
  }
  function factor(): number {
    const token = tokens![at++]
    if (token === '-') return -factor()
    if (token === '+') return factor()
    if (token !== '(') return token === undefined ? Number.NaN : Number(token)
    const inner = sum()
    return tokens![at++] === ')' ? inner : Number.NaN
  }

  const value = sum()
  return at === tokens.length && Number.isFinite(value) ? value : null
}
