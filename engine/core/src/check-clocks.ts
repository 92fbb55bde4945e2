import type { Draft } from './draft.ts'
import type { FactsByNode } from './facts.ts'
import { eachLink } from './graph.ts'
import type { NodeDefinition, Registry } from './node-definition.ts'
import type { PortType } from './ports.ts'
import type { ValueFacts } from './value-facts.ts'

/** Frames that meet at one node need one rate, and picture and sound that are saved together one length. */
export function checkClocks(draft: Draft, facts: FactsByNode): void {
  for (const [id, definition] of draft.definitions) {
    if (!meetsClocks(definition) || draft.workflow.nodes[id]?.mode !== undefined) continue
    const clips = linkedFacts(draft, id, 'FRAMES', facts)
    checkRates(draft, id, clips)
    if (definition.terminal) checkLengths(draft, id, clips, linkedFacts(draft, id, 'AUDIO', facts))
  }
}

interface LinkedFacts {
  input: string
  known: ValueFacts
}

function checkRates(draft: Draft, id: string, clips: LinkedFacts[]): void {
  const first = clips.find(({ known }) => known.frameRate !== undefined)
  const other = clips.find(({ known }) => known.frameRate !== undefined && known.frameRate !== first?.known.frameRate)
  if (!first || !other) return
  const mender = menderIn(draft.registry)
  const way = mender ? `; give one the rate of the other with "${mender.title}"` : ''
  draft.findings.add({
    code: 'clock_mismatch',
    message: `Frames at ${spoken(first.known.frameRate)} fps and frames at ${spoken(other.known.frameRate)} fps meet at node "${id}" (${draft.definitions.get(id)?.title})${way}.`,
    node: id,
    port: other.input,
    ...(mender ? { valid: [mender.type] } : {}),
  })
}

/** Known lengths come from file headers, which may be a little off, so this is a remark and the run decides. */
function checkLengths(draft: Draft, id: string, clips: LinkedFacts[], sounds: LinkedFacts[]): void {
  const picture = clips.find(({ known }) => known.frameRate !== undefined && known.durationSeconds !== undefined)
  const sound = sounds.find(({ known }) => known.durationSeconds !== undefined)
  if (!picture || !sound) return
  const { durationSeconds = 0, frameRate = 1 } = picture.known
  const soundSeconds = sound.known.durationSeconds as number
  // A thousandth of a frame for the rounding of seconds.
  if (Math.abs(durationSeconds - soundSeconds) <= 1.001 / frameRate) return
  draft.findings.add({
    code: 'clock_mismatch',
    message: `The picture at node "${id}" (${draft.definitions.get(id)?.title}) lasts ${spoken(durationSeconds)} s and the sound ${spoken(soundSeconds)} s; they may differ by one frame at most.`,
    node: id,
    port: sound.input,
    mild: true,
  })
}

function linkedFacts(draft: Draft, id: string, type: PortType, facts: FactsByNode): LinkedFacts[] {
  const inputs = draft.definitions.get(id)?.inputs ?? {}
  return eachLink(draft.links.get(id) ?? {})
    .filter(([input]) => Object.hasOwn(inputs, input) && inputs[input]?.type === type)
    .map(([input, link]) => ({ input, known: facts.get(link.node)?.[link.port] ?? {} }))
}

const meeting = new WeakMap<NodeDefinition, boolean>()

/** Whether clocks can meet at nodes of this type at all. */
function meetsClocks(definition: NodeDefinition): boolean {
  const known = meeting.get(definition)
  if (known !== undefined) return known
  const clips = Object.values(definition.inputs).filter((port) => port.type === 'FRAMES')
  const sounds = Object.values(definition.inputs).filter((port) => port.type === 'AUDIO')
  const meets = clips.length > 1 || clips.some((port) => port.list) || (clips.length > 0 && sounds.length > 0)
  meeting.set(definition, meets)
  return meets
}

const menders = new WeakMap<Registry, NodeDefinition | null>()

function menderIn(registry: Registry): NodeDefinition | null {
  const known = menders.get(registry)
  if (known !== undefined) return known
  const mender = [...registry.values()].find((definition) => definition.retimes) ?? null
  menders.set(registry, mender)
  return mender
}

const spoken = (value: number | undefined): string => String(Number((value ?? 0).toFixed(3)))
