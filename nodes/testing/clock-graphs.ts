/** Small graphs of everything that keeps time, for the test that picture and sound never part. */
import { fits, type InputPort, type Link, type NodeDefinition, type OutputPort, type PortType } from '@beatloom/core'
import { allNodes } from '../index.ts'

const CLOCK_TYPES: ReadonlySet<PortType> = new Set(['FRAMES', 'VIDEO', 'AUDIO', 'BEATS', 'SHOTS'])
const MODEL_TYPES: ReadonlySet<PortType> = new Set([
  ...(['LATENT', 'CONDITIONING', 'MODEL', 'VAE', 'TEXT_ENCODER', 'AUDIO_ENCODER'] as const),
])

const isForModels = ({ type }: OutputPort): boolean => MODEL_TYPES.has(type)
const portsOf = ({ inputs, outputs }: NodeDefinition) => [...Object.values(inputs), ...Object.values(outputs)]

/** Every node that takes or gives a clock, or passes one on, and needs no model. */
export const clockNodes: readonly NodeDefinition[] = allNodes.filter(
  (node) =>
    (portsOf(node).some(({ type }) => CLOCK_TYPES.has(type)) || node.transparent) &&
    !Object.values(node.inputs).some((port) => isForModels(port) && !port.optional),
)

const nodeOf = (type: string): NodeDefinition => allNodes.find((node) => node.type === type) as NodeDefinition

/** What sources make: a sound, and pictures of their own length and rate. */
export interface Material {
  song: string
  /** Of the song; 0 takes all of it. */
  songSeconds: number
  pictureSeconds: number
  frameRate: number
  /** A file with picture and sound. */
  video: string
}

export interface GraphNode {
  type: string
  params: Record<string, unknown>
  links: Record<string, Link | Link[]>
}

/** An output that carries a clock and an input that takes it. */
export interface Pair {
  source: NodeDefinition
  output: string
  target: NodeDefinition
  input: string
}

/** Every ordered pair of ports that a clock can pass between. */
export function allPairs(): Pair[] {
  const outputs = clockNodes.flatMap((source) => Object.keys(source.outputs).map((output) => ({ source, output })))
  const inputs = clockNodes.flatMap((target) => Object.keys(target.inputs).map((input) => ({ target, input })))
  return outputs.flatMap((from) =>
    inputs.flatMap((to) => {
      const [output, input] = [from.source.outputs[from.output], to.target.inputs[to.input]] as [OutputPort, InputPort]
      const carriesClock = CLOCK_TYPES.has(output.type) || CLOCK_TYPES.has(input.type)
      return carriesClock && fits(output, input).ok ? [{ ...from, ...to }] : []
    }),
  )
}

/** Builds a workflow; what is not wired by hand is fed from small sources. */
export class GraphBuilder {
  readonly nodes: Record<string, GraphNode> = {}
  #count = 0

  add(type: string, material: Material, links: Record<string, Link | Link[]> = {}, optional = false): string {
    const definition = nodeOf(type)
    const fed = { ...links }
    for (const [input, port] of Object.entries(definition.inputs)) {
      if (fed[input] !== undefined || isForModels(port) || (port.optional && !optional)) continue
      const link = this.#stockFor(definition, input, port.type, material, fed)
      if (link) fed[input] = port.list ? [link] : link
    }
    const id = `n${this.#count++}`
    this.nodes[id] = { type, params: paramsOf(type, material), links: fed }
    return id
  }

  /** A small source of a type. */
  stock(type: PortType, material: Material): Link {
    switch (type) {
      case 'IMAGE':
        return this.#of('image.colour', 'image', material)
      case 'MASK':
        return this.#of('mask.from-image', 'mask', material)
      case 'AUDIO':
        return this.#of('audio.load', 'audio', material)
      case 'BEATS':
        return this.#of('beats.detect', 'beats', material)
      case 'SHOTS':
        return this.#of('shots.plan', 'shots', material)
      case 'CURVE':
        return this.#of('curve.draw', 'curve', material)
      case 'VIDEO':
        return this.#of('video.save-mp4', 'video', material)
      case 'NUMBER':
        return this.#of('value.number', 'number', material)
      default:
        return this.#of('frames.still', 'frames', material)
    }
  }

  /** What a reroute is given, so that what it passes on fits where the pair leads. */
  passedOn({ source, target, input }: Pair, material: Material): Record<string, Link> {
    const type = target.inputs[input]?.type
    if (!source.transparent || type === undefined) return {}
    return { in: this.stock(type === 'ANY' ? 'AUDIO' : type, material) }
  }

  /** A node that puts an output to the test: saved with a sound, or laid under a picture. Null where there is nothing to test. */
  endOf(link: Link, type: PortType, material: Material): string | null {
    switch (type) {
      case 'FRAMES':
        return this.add('video.save-mp4', material, { frames: link, audio: this.stock('AUDIO', material) })
      case 'AUDIO':
        return this.add('video.save-mp4', material, { audio: link, frames: this.stock('FRAMES', material) })
      case 'VIDEO':
        return this.add('video.preview', material, { video: link })
      case 'SHOTS':
        return this.add('shots.animatic', material, { shots: link })
      case 'BEATS':
        return this.add('beats.report', material, { beats: link })
      default:
        return null
    }
  }

  #of(type: string, output: string, material: Material): Link {
    return { node: this.add(type, material), port: output }
  }

  #stockFor(
    { type: nodeType }: NodeDefinition,
    input: string,
    type: PortType,
    material: Material,
    fed: Record<string, Link | Link[]>,
  ): Link | null {
    // What Render shots repeats begins with Each shot of the same plan.
    if (nodeType === 'shots.render' && input === 'frames') {
      const shots = fed['shots'] as Link
      const each = this.add('shots.each', material, { shots })
      const image = { node: each, port: 'image' }
      return { node: this.add('frames.still', { ...material, pictureSeconds: 3 }, { image }), port: 'frames' }
    }
    if (nodeType === 'video.assemble' && input === 'clips') {
      return { node: this.add('shots.render', material, { shots: fed['shots'] as Link }), port: 'clips' }
    }
    // The sound's own beats, as anyone would link them.
    if (type === 'BEATS' && fed['audio']) {
      return { node: this.add('beats.detect', material, { audio: fed['audio'] as Link }), port: 'beats' }
    }
    return this.stock(type, material)
  }
}

function paramsOf(type: string, material: Material): Record<string, unknown> {
  const { song, songSeconds, pictureSeconds, frameRate, video } = material
  const usualRate = frameRate === 24 ? 24 : 30
  switch (type) {
    case 'audio.load':
      return { file: song, durationSeconds: songSeconds }
    case 'audio.split':
      return { frameRate: usualRate }
    case 'audio.fit':
      return { seconds: pictureSeconds }
    case 'beats.edit':
      return { edits: [] }
    case 'curve.draw':
      return { seconds: pictureSeconds }
    case 'frames.pulse':
      return { seconds: 0, frameRate: usualRate, resolution: '480p', aspect: '16:9' }
    case 'frames.still':
      return { seconds: pictureSeconds, frameRate }
    case 'frames.retime':
      return { frameRate }
    case 'image.colour':
      return { width: 64, height: 36 }
    case 'shots.plan':
      return { frameRate, pace: 'fast', shortest: 0.4, longest: 1, framing: 'wide' }
    case 'shots.shrink':
      return { width: 32, height: 18 }
    case 'shots.encode':
      return { quality: 40 }
    case 'shots.render':
      return { quality: 40 }
    case 'video.save-mp4':
      return { quality: 40 }
    case 'video.load':
      return { file: video }
    case 'value.number':
      return { value: 1 }
    default:
      return {}
  }
}
