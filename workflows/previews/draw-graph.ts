import { readFileSync, writeFileSync } from 'node:fs'
import { parseWorkflow } from '@beatloom/core'
import { allNodes } from '@beatloom/nodes'
import sharp from 'sharp'

/** For templates whose models do not come with Beatloom: their graph, as the canvas lays it out. */

const WIDTH = 312
const HEIGHT = 180
const MARGIN = 16
/** A node on the canvas, about. */
const NODE = { width: 250, height: 130 }

const COLOURS: Record<string, string> = {
  MODEL: '#9a7cf2',
  VAE: '#f0668e',
  TEXT_ENCODER: '#e0b03c',
  AUDIO_ENCODER: '#35b0a2',
  CONDITIONING: '#ff9d52',
  LATENT: '#d873e8',
  IMAGE: '#4a9ee8',
  AUDIO: '#4cc38a',
  FRAMES: '#7f9bf5',
}

/** @param path of the workflow; @param target of the WebP. */
export async function drawGraph(path: string, target: string): Promise<void> {
  const { nodes, layout } = parseWorkflow(readFileSync(path, 'utf8'))
  const places = Object.entries(layout.nodes).map(([id, [x, y]]) => ({ id, x, y }))
  const [left, top] = [Math.min(...places.map(({ x }) => x)), Math.min(...places.map(({ y }) => y))]
  const wide = Math.max(...places.map(({ x }) => x)) - left + NODE.width
  const tall = Math.max(...places.map(({ y }) => y)) - top + NODE.height
  const scale = Math.min((WIDTH - 2 * MARGIN) / wide, (HEIGHT - 2 * MARGIN) / tall)
  const [atX, atY] = [(WIDTH - wide * scale) / 2, (HEIGHT - tall * scale) / 2]
  const boxes = new Map(places.map(({ id, x, y }) => [id, { x: atX + (x - left) * scale, y: atY + (y - top) * scale }]))
  const size = { width: NODE.width * scale, height: NODE.height * scale }

  const cables: string[] = []
  for (const [id, node] of Object.entries(nodes)) {
    for (const link of Object.values(node.links).flat()) {
      const [from, to] = [boxes.get(link.node), boxes.get(id)]
      if (!from || !to) continue
      const type = allNodes.find((each) => each.type === nodes[link.node]?.type)?.outputs[link.port]?.type ?? ''
      const [x1, y1, x2, y2] = [from.x + size.width, from.y + size.height / 2, to.x, to.y + size.height / 2]
      const bend = Math.max(8, (x2 - x1) / 2)
      const curve = `M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`
      cables.push(`<path d="${curve}" stroke="${COLOURS[type] ?? '#a9b0bc'}" stroke-width="1.6" fill="none"/>`)
    }
  }
  const cards = [...boxes].map(([id, { x, y }]) => {
    const type = Object.values(allNodes.find((each) => each.type === nodes[id]?.type)?.outputs ?? {})[0]?.type ?? ''
    const place = `x="${x}" y="${y}" width="${size.width}" rx="3"`
    return (
      `<rect ${place} height="${size.height}" fill="#2a2e36" stroke="#4b515d"/>` +
      `<rect ${place} height="${Math.max(4, size.height / 4)}" fill="${COLOURS[type] ?? '#a9b0bc'}"/>`
    )
  })
  const drawing = `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}"><rect width="100%" height="100%" fill="#181a1f"/>${cables.join('')}${cards.join('')}</svg>`
  writeFileSync(target, await sharp(Buffer.from(drawing)).webp({ lossless: true }).toBuffer())
}
