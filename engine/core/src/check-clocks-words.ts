import type { Arrival, ClockClash } from './clock-clash.ts'
import type { NodeDefinition, Registry } from './node-definition.ts'
import type { PortType } from './ports.ts'

interface ClashWords {
  message: string
  /** The type of the node that mends it, where there is one. */
  mender: string | null
}

/** Says what does not go together at a node, and which node mends it. */
export function clashWords(clash: ClockClash, id: string, title: string, registry: Registry): ClashWords {
  if (clash.kind === 'rates') return rateWords(clash, id, title, registry)
  const { kept, changed } = clash
  const [first, second] = [spoken(clash.keptSeconds), spoken(clash.changedSeconds)]
  const fitter = menderIn(registry, 'fitsSound')
  const fitWay = fitter ? `; give the sound the same length with "${fitter.title}"` : ''
  switch (clash.kind) {
    case 'picture':
      return {
        message: `The picture at node "${id}" (${title}) lasts ${first} s and the sound ${second} s; they may differ by one frame at most${fitWay}.`,
        mender: fitter?.type ?? null,
      }
    case 'plan':
      return {
        message: `The plan at node "${id}" (${title}) lasts ${first} s and the videos linked ${second} s in all; link every shot of this very plan.`,
        mender: null,
      }
    case 'sound': {
      if (kept.type === 'SHOTS' && changed.type === 'AUDIO') {
        return {
          message: `The plan at node "${id}" (${title}) is of ${first} s of sound and its audio lasts ${second} s; link the sound that it was made of${fitWay}.`,
          mender: fitter?.type ?? null,
        }
      }
      if (kept.type === 'SHOTS') {
        return {
          message: `The plan at node "${id}" (${title}) is of ${first} s of sound and its beats of ${second} s; link the beats that it was made of.`,
          mender: null,
        }
      }
      const finder = converterIn(registry, kept.type, changed.type)
      const way = finder ? `; find those of this very sound with "${finder.title}"` : ''
      return {
        message: `The audio at node "${id}" (${title}) lasts ${first} s and its beats are of ${second} s of sound${way}.`,
        mender: finder?.type ?? null,
      }
    }
  }
}

function rateWords(
  { kept, changed }: { kept: Arrival; changed: Arrival },
  id: string,
  title: string,
  registry: Registry,
): ClashWords {
  const [from, to] = [spoken(kept.facts.frameRate), spoken(changed.facts.frameRate)]
  const isFrames = [kept, changed].some(({ type }) => type === 'FRAMES')
  const mender = isFrames ? menderIn(registry, 'retimes') : null
  if (kept.type === 'SHOTS') {
    const way = mender ? `; give them its rate with "${mender.title}"` : ''
    return {
      message: `The plan at node "${id}" (${title}) is for ${from} fps and its pictures come at ${to} fps${way}.`,
      mender: mender?.type ?? null,
    }
  }
  const way = mender ? `; give one the rate of the other with "${mender.title}"` : ''
  return {
    message: `Frames at ${from} fps and frames at ${to} fps meet at node "${id}" (${title})${way}.`,
    mender: mender?.type ?? null,
  }
}

type Mending = 'retimes' | 'fitsSound'
const menders = new WeakMap<Registry, Partial<Record<Mending, NodeDefinition | null>>>()

function menderIn(registry: Registry, mending: Mending): NodeDefinition | null {
  const known = menders.get(registry) ?? {}
  menders.set(registry, known)
  known[mending] ??= [...registry.values()].find((definition) => definition[mending]) ?? null
  return known[mending] ?? null
}

/** A node that only turns the one type into the other. */
function converterIn(registry: Registry, from: PortType, to: PortType): NodeDefinition | null {
  const gives = ({ outputs }: NodeDefinition) => Object.values(outputs).some(({ type }) => type === to)
  const takes = ({ inputs }: NodeDefinition) => Object.values(inputs).some(({ type }) => type === from)
  const fitting = [...registry.values()].filter((node) => node.converter && takes(node) && gives(node))
  return fitting[0] ?? null
}

const spoken = (value: number | undefined): string => String(Number((value ?? 0).toFixed(3)))
