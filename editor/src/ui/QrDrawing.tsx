import { generate } from 'lean-qr'
import { useMemo } from 'react'
import { useText } from '../i18n/index.ts'

/** Light around the code by which readers find it; the standard (ISO/IEC 18004) asks for four modules. */
const QUIET = 4

/** An address for a phone's camera. Dark on light in both themes: not every reader knows the other way round. */
export function QrDrawing({ address }: { address: string }) {
  const t = useText()
  const { path, side } = useMemo(() => drawn(address), [address])
  return (
    <figure className="qr-code">
      <svg
        role="img"
        aria-label={t('share.qr')}
        viewBox={`${-QUIET} ${-QUIET} ${side + 2 * QUIET} ${side + 2 * QUIET}`}
        shapeRendering="crispEdges"
      >
        <path d={path} />
      </svg>
      <figcaption>{t('share.qrAbout')}</figcaption>
    </figure>
  )
}

/** Dark modules as runs along each row, one unit a module. */
function drawn(address: string): { path: string; side: number } {
  const code = generate(address)
  let path = ''
  for (let y = 0; y < code.size; y++) {
    for (let x = 0; x < code.size; x++) {
      const from = x
      while (code.get(x, y)) x++
      if (x > from) path += `M${from} ${y}h${x - from}v1h${from - x}z`
    }
  }
  return { path, side: code.size }
}
