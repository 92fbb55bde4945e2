import type { WanFacts } from './contract.ts'

export interface Size {
  width: number
  height: number
}

export type Area = '480p' | '720p'

/** Pixels of a frame, in the sizes that Wan2.2 offers; pictures keep their shape within such an area. */
export function areaOf({ kind }: WanFacts, area: Area): number {
  if (area === '480p') return 832 * 480
  return kind === 'wan-ti2v' ? 1280 * 704 : 1280 * 720
}

/**
 * The frame for a picture of that shape (`wan/image2video.py`, `wan/utils/utils.py`): as large as the area allows, in
 * whole tokens.
 */
export function sizeFor(facts: WanFacts, picture: Size, area: number): Size {
  return facts.kind === 'wan-ti2v' ? nearerOf(picture, area, facts.multiple) : byRows(picture, area, facts)
}

/** Rows and columns of latent pixels first, each an even number of them. */
function byRows({ width, height }: Size, area: number, { pixels }: WanFacts): Size {
  const aspect = height / width
  const even = (side: number): number => Math.max(2, Math.floor(Math.floor(side / pixels) / 2) * 2) * pixels
  return { width: even(Math.sqrt(area / aspect)), height: even(Math.sqrt(area * aspect)) }
}

/** Width rounded down first, or height first: the one whose shape is nearer to the picture's. */
function nearerOf({ width, height }: Size, area: number, multiple: number): Size {
  const down = (side: number): number => Math.max(multiple, Math.floor(side / multiple) * multiple)
  const ratio = width / height
  const wide = down(Math.sqrt(area * ratio))
  const byWidth = { width: wide, height: down(area / wide) }
  const high = down(Math.sqrt(area / ratio))
  const byHeight = { width: down(area / high), height: high }
  const off = (size: Size): number => Math.max(ratio / (size.width / size.height), size.width / size.height / ratio)
  return off(byWidth) < off(byHeight) ? byWidth : byHeight
}
