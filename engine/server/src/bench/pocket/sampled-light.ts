import { readFileSync } from 'node:fs'
import { isAbsolute, join } from 'node:path'
import {
  type Image,
  type Latent,
  type Link,
  type NodeContext,
  type NodeDefinition,
  parseWorkflow,
  type Workflow,
} from '@beatloom/core'
import { noSubGraphs } from '@beatloom/core/testing'
import { createModelHost, decodePocket } from '@beatloom/models'
import { allNodes } from '@beatloom/nodes'
import { GALLERY } from '../../folder/data-folder.ts'
import type { Order } from '../../testing/studio.ts'
import { SHRINK } from './footage.ts'

/** Frames as the decoder draws them at a quarter of the video's size, before any encoder saw them. */
export interface SampledClip {
  frameRate: number
  frames: Image[]
}

export interface Sampler {
  /**
   * The workflow up to its latent, with the workflow's own seed, steps and settings.
   * @param order without `resolution`: what is drawn is a quarter of 480p.
   */
  sample(order: Order): Promise<Latent>
  close(): Promise<void>
}

type Outputs = Record<string, unknown>

const OF_THE_PROMPT = new Set(['prompt', 'encode', 'sampler'])

/**
 * Runs the song-video workflow's nodes without an engine, so that many prompts cost their sampling and little else.
 * @param scratch a folder for what nodes show on the canvas.
 */
export function openSampler(scratch: string): Sampler {
  const models = createModelHost({ folders: [] })
  const nodes = new Map<string, NodeDefinition>(allNodes.map((node) => [node.type, node]))
  const shared = new Map<string, Promise<Outputs>>()
  const { signal } = new AbortController()
  let shown = 0
  const context: Omit<NodeContext, 'nodeId'> = {
    signal,
    progress: () => {},
    previews: false,
    preview: () => {},
    display: () => {},
    files: {
      resolve: async (reference) => ({
        path: isAbsolute(reference) ? reference : join(GALLERY, reference),
        sha256: '',
        name: reference,
      }),
    },
    artifacts: {
      scratch: async (suffix) => join(scratch, `shown-${shown++}${suffix}`),
      adopt: async (path, name) => ({ path, name, sha256: '' }),
    },
    models,
    links: {},
    subGraphs: noSubGraphs,
    showNow: () => {},
    checkpoint: () => {},
    provenance: async () => ({ workflow: '{}', files: {} }),
  }
  return {
    async sample(order) {
      const workflow = parseWorkflow(readFileSync(join(GALLERY, 'song-video.json'), 'utf8'))
      const inputs: Outputs = { resolution: '480p', ...order }
      for (const [name, value] of Object.entries(inputs)) {
        const { node, param } = workflow.inputs![name]!
        workflow.nodes[node]!.params[param] = value
      }
      // What a prompt changes is used once; the rest serves every prompt.
      const own = new Map<string, Promise<Outputs>>()
      const outputsOf = (id: string): Promise<Outputs> => {
        const [memory, key] = OF_THE_PROMPT.has(id) ? [own, id] : [shared, JSON.stringify(madeOf(workflow, id))]
        const known = memory.get(key) ?? run(id)
        memory.set(key, known)
        return known
      }
      const run = async (id: string): Promise<Outputs> => {
        const { type, params } = workflow.nodes[id]!
        const given: Outputs = {}
        for (const [port, link] of linksOf(workflow, id)) given[port] = (await outputsOf(link.node))[link.port]
        const definition = nodes.get(type)!
        const services = { ...context, nodeId: id }
        return definition.run(given as never, definition.params.parse(params) as never, services) as Promise<Outputs>
      }
      return (await outputsOf('sampler')).latent as Latent
    },
    close: () => models.close(),
  }
}

function linksOf(workflow: Workflow, id: string): [port: string, link: Link][] {
  return Object.entries(workflow.nodes[id]!.links) as [string, Link][]
}

/** A node with all that feeds it. */
function madeOf(workflow: Workflow, id: string): unknown {
  const { type, params } = workflow.nodes[id]!
  return [type, params, linksOf(workflow, id).map(([port, link]) => [port, link.port, madeOf(workflow, link.node)])]
}

/** @param picture another picture in the place of the latent's own. */
export async function drawSmall(latent: Latent, picture?: Image): Promise<SampledClip> {
  const { width, height, frameRate, frameCount } = latent.video
  const video = { width: Math.round(width / SHRINK), height: Math.round(height / SHRINK), frameRate, frameCount }
  const decoded = decodePocket({ ...latent, video, ...(picture ? { reference: picture } : {}) })
  const frames: Image[] = []
  // The decoder draws again into what it handed out.
  for await (const frame of decoded.frames(new AbortController().signal))
    frames.push({ ...frame, data: frame.data.slice() })
  return { frameRate, frames }
}
