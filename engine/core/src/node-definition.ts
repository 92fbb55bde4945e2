import { z } from 'zod'
import { portTypeOfParam } from './fed-params.ts'
import type { InputPort, Link, OutputPort, PortType } from './ports.ts'
import type { ArtifactStore, Display, FileResolver, ModelHost, OtherWorkers } from './services.ts'
import type { NodeCost, ValueFacts } from './value-facts.ts'
import type { ValueByType } from './values.ts'

/** The three stages people see; a node's progress is shown under its phase. */
export type Phase = 'audio' | 'generate' | 'encode'

/** What `run` gets from outside. */
export interface NodeContext {
  nodeId: string
  signal: AbortSignal
  /** Step `n` of `m` done; throttled before it becomes an event. */
  progress(step: number, steps: number): void
  /** False: passing pictures are not wanted, and drawing them would be time wasted. */
  previews?: boolean
  /** In a sub-graph that a node runs, as a rule a round of a loop: what it has loaded is likely to be wanted again. */
  repeated?: boolean
  /** A passing picture while the node works, encoded as JPEG, WebP or PNG. */
  preview(image: { mime: string; bytes: Uint8Array; frame?: number; frames?: number }): void
  display(item: Display): void
  /** Says that what was made so far is kept, should the process end: a run that comes this far is worth beginning again. */
  checkpoint(): void
  /** Says that the outputs are not quite what was asked for, memory being short: they serve this run, and are not kept. */
  makeshift?(): void
  files: FileResolver
  artifacts: ArtifactStore
  models: ModelHost
  /** The links feeding this node, for nodes that expand into sub-graphs. */
  links: Record<string, Link | Link[]>
  /** Sub-graphs that this node runs while it runs itself. */
  subGraphs: SubGraphs
  /** Absent where there are none, and for nodes that are not in the workflow file themselves. */
  otherWorkers?: OtherWorkers
  /** Takes back what `display` was given: it was passing. */
  withdraw?(item: Display): void
  /** Shows what `display` was given so far, while the node still works; without it that waits for its end. */
  showNow(): void
  /** The whole workflow file as it runs, with its inputs' hashes, for embedding into results. */
  provenance(): Promise<Provenance>
}

export interface Provenance {
  /** The workflow file's text. */
  workflow: string
  /** SHA-256 of each file input by its reference. */
  files: Record<string, string>
}

type InputValue<P extends InputPort> = P extends { list: true } ? ValueByType[P['type']][] : ValueByType[P['type']]
type OptionalKeys<I> = { [K in keyof I]: I[K] extends { optional: true } | { lazy: true } ? K : never }[keyof I]
export type InputValues<I extends Record<string, InputPort>> = {
  [K in Exclude<keyof I, OptionalKeys<I>>]: InputValue<I[K]>
} & { [K in OptionalKeys<I>]?: InputValue<I[K]> }
export type OutputValues<O extends Record<string, OutputPort>> = {
  [K in keyof O]: (O[K] extends { list: true } ? ValueByType[O[K]['type']][] : ValueByType[O[K]['type']]) | Blocked
}

/** What is known of each input; absent where nothing is. */
export type InputFacts<I extends Record<string, InputPort>> = {
  [K in keyof I]?: I[K] extends { list: true } ? ValueFacts[] : ValueFacts
}

/** An output that nothing downstream may use; what needs it is skipped. With a message, it counts as a failure there. */
export class Blocked {
  readonly message: string | null
  constructor(message: string | null = null) {
    this.message = message
  }
}

/** A sub-graph to run in the node's place. Its ids are private; a link to an unknown id reaches the outer graph. */
export class Expansion {
  readonly nodes: Record<string, ExpandedNode>
  readonly outputs: Record<string, Link>
  constructor(nodes: Record<string, ExpandedNode>, outputs: Record<string, Link>) {
    this.nodes = nodes
    this.outputs = outputs
  }
}

export interface ExpandedNode {
  type: string
  params?: Record<string, unknown>
  links?: Record<string, Link | Link[]>
  /** The node of the workflow that it stands for, whose state it shows. */
  origin?: string
}

/** A value that a sub-graph is given, as a node with the one output `value`. */
export interface GivenNode {
  given: unknown
  type: PortType
  list?: boolean
  /** Says which value it is: equal values have equal keys, and what follows from them is found in the cache. */
  key: string
}

export interface SubGraph {
  nodes: Record<string, ExpandedNode | GivenNode>
  outputs: Record<string, Link>
}

/** The part of a workflow that a loop runs again and again. */
export interface LoopBody {
  /** The node that begins it, marked `loop: 'start'`. */
  start: { id: string } & Required<ExpandedNode>
  /** What depends on the start, by id; links to other ids lead out of the loop. */
  nodes: Record<string, Required<ExpandedNode>>
  /** Where the inputs asked for come from. */
  ends: Record<string, Link>
}

export interface SubGraphs {
  /**
   * What lies between lazy inputs of this node and the node that begins the loop.
   * @throws {AppError} `input_invalid` when no loop begins before them, or several do.
   */
  bodyOf(inputs: readonly string[]): LoopBody
  /**
   * Runs a sub-graph as far as its outputs need it, taking from the cache what is there, and forgets it afterwards.
   * Links to ids it does not hold reach outwards, as in an `Expansion`. What its nodes do is told of the nodes that
   * they stand for (`ExpandedNode.origin`).
   * @param name of letters, digits and spaces; part of its nodes' ids.
   * @throws {AppError} what its nodes throw; `run_cancelled`.
   */
  run(graph: SubGraph, name: string): Promise<Record<string, unknown>>
  /** Whether the outputs could be had without running anything. */
  isCached(graph: SubGraph, name: string): Promise<boolean>
}

/** Which rounds of a loop a run would make. */
export interface Rehearsal {
  /** The node that begins the loop. */
  start: string
  rounds: number
  /** Their numbers, from 1; the others are cached. */
  missing: number[]
}

/** A problem a node type finds in its own params before anything runs. */
export interface ParamProblem {
  param: string
  message: string
}

export interface NodeDefinition {
  /** `family.verb` */
  type: string
  /** Raised when equal inputs give new outputs, so older cache entries stop matching. */
  version: number
  title: string
  description: string
  /** Palette group. */
  category: string
  /** Other words people search for, any language. */
  aliases?: string[]
  inputs: Record<string, InputPort>
  outputs: Record<string, OutputPort>
  params: z.ZodObject
  phase?: Phase
  /** Runs for its effect: wanted even when no declared output asks for it. */
  terminal?: boolean
  /**
   * `never`: depends on a clock, a folder or chance, so it and what follows from it run every time. `recipe`: is made
   * anew when it is needed, being quicker made than read back; what follows from it is kept all the same.
   */
  cache?: 'content' | 'recipe' | 'never'
  /** Takes the device for itself while it runs. */
  usesDevice?: boolean
  /** Begins what a loop runs again and again; the node that ends it asks for that with `subGraphs.bodyOf`. */
  loop?: 'start'
  /** Of a node that begins a loop: params that each round sets anew, so that their value is nothing to the loop's end. */
  roundParams?: readonly string[]
  /** Of a node that repeats a loop: the lazy inputs that the loop ends in. */
  repeats?: readonly string[]
  /** Of a node that repeats a loop: finds out, from some of its inputs, which rounds a run would make. Makes none. */
  rehearsal?: { inputs: readonly string[]; run(inputs: never, params: never, context: NodeContext): Promise<Rehearsal> }
  /** Runs nothing: a link to its output is a link to what feeds the input named in `passThrough`. For reroutes. */
  transparent?: boolean
  /** Turns one type into another and nothing else: offered where a link does not fit. */
  converter?: boolean
  /** Gives frames another rate: offered where links would mix frame rates. */
  retimes?: boolean
  /** Gives a sound the length of something else: offered where lengths differ. What meets at it may differ. */
  fitsSound?: boolean
  /** Output → input of the same type that takes its place when the node is bypassed. */
  passThrough?: Record<string, string>
  /** Rewrites params saved by version `from` into version `from + 1`. */
  migrations?: Record<number, (params: Record<string, unknown>) => Record<string, unknown>>
  /** Lazy inputs wanted now, given the values known so far. Asked again until it names nothing new. */
  needs?(inputs: Record<string, unknown>, params: Record<string, unknown>): string[]
  check?(params: Record<string, unknown>): ParamProblem[]
  /** Names of installed models it depends on; their hash, provider and runtime join the cache key. */
  modelsUsed?(params: Record<string, unknown>): string[]
  /**
   * What is known of the outputs before the node runs. `files`: facts of the file params, by param name; of a list of
   * files one record each, empty where nothing is known.
   */
  facts?(
    inputs: Record<string, ValueFacts | ValueFacts[] | undefined>,
    params: Record<string, unknown>,
    files: Record<string, ValueFacts | ValueFacts[] | undefined>,
  ): Record<string, ValueFacts | undefined>
  /** What running it takes, as far as the facts tell; null when they do not. */
  cost?(
    params: Record<string, unknown>,
    inputs: Record<string, ValueFacts | ValueFacts[] | undefined>,
    outputs: Record<string, ValueFacts | undefined>,
  ): NodeCost | null
  run(inputs: never, params: never, context: NodeContext): Promise<unknown> | unknown
}

interface TypedDefinition<
  I extends Record<string, InputPort>,
  O extends Record<string, OutputPort>,
  P extends z.ZodObject,
> extends Omit<
    NodeDefinition,
    'inputs' | 'outputs' | 'params' | 'needs' | 'check' | 'modelsUsed' | 'facts' | 'cost' | 'run'
  > {
  inputs: I
  outputs: O
  params: P
  needs?(inputs: Partial<InputValues<I>>, params: z.infer<P>): (keyof I & string)[]
  check?(params: z.infer<P>): ParamProblem[]
  modelsUsed?(params: z.infer<P>): string[]
  facts?(
    inputs: InputFacts<I>,
    params: z.infer<P>,
    files: { [K in keyof z.infer<P>]?: z.infer<P>[K] extends readonly unknown[] ? ValueFacts[] : ValueFacts },
  ): { [K in keyof O]?: ValueFacts | undefined }
  cost?(params: z.infer<P>, inputs: InputFacts<I>, outputs: { [K in keyof O]?: ValueFacts }): NodeCost | null
  run(
    inputs: InputValues<I>,
    params: z.infer<P>,
    context: NodeContext,
  ): Promise<OutputValues<O> | Expansion> | OutputValues<O> | Expansion
}

/** Declares a node. One declaration gives the types of `run`, validation, the form in the editor and the cache key. */
export function defineNode<
  const I extends Record<string, InputPort>,
  const O extends Record<string, OutputPort>,
  P extends z.ZodObject,
>(definition: TypedDefinition<I, O, P>): TypedDefinition<I, O, P> {
  return definition
}

/** How a param is edited; put on a zod field with `.meta({ … } satisfies ParamMeta)`. */
export interface ParamMeta {
  widget?:
    | 'text'
    | 'multiline'
    | 'number'
    | 'slider'
    | 'toggle'
    | 'choice'
    | 'multichoice'
    | 'colour'
    | 'seed'
    | 'file'
    | 'model'
    | 'size'
    | 'curve'
    | 'list'
    | 'mask'
    | 'beats'
    | 'shots'
  /** For `file`: what it takes. */
  accept?: 'image' | 'audio' | 'video' | 'weights'
  /** For `file`: the value is a list of files in order; one file's name stands for a list of one. */
  several?: boolean
  title?: string
  unit?: string
  advanced?: boolean
  /** Allowed values lie this far apart, counted from `offset`: frames in 4n + 1 are `step: 4, offset: 1`. */
  step?: number
  offset?: number
  /** For a count of frames: the frame rate, or the param that holds it, so that the seconds can be shown beside. */
  secondsAt?: number | string
  /** For `size`, which stands on the width: the param that holds the height. */
  heightParam?: string
  /** For a choice: what this machine can do decides which of them can be had, and the reason is shown. */
  availability?: 'providers'
  /** Names of a choice's values where the values themselves do not read well. */
  choiceTitles?: Readonly<Record<string, string>>
}

/** A param as the editor, the command line and the HTTP API see it. */
export interface ParamDescriptor extends ParamMeta {
  name: string
  description: string
  /** JSON Schema of the value. */
  schema: Record<string, unknown>
  /** The port type whose values may feed it by a link; absent where none can. */
  port?: PortType
  default: unknown
}

export interface PortDescriptor extends Omit<InputPort, 'type'> {
  name: string
  type: PortType
}

/** The JSON form of a node definition, served to the editor. */
export interface NodeDescriptor {
  type: string
  version: number
  title: string
  description: string
  category: string
  aliases: string[]
  phase: Phase | null
  terminal: boolean
  converter: boolean
  transparent: boolean
  retimes?: boolean
  fitsSound?: boolean
  passThrough: Record<string, string>
  inputs: PortDescriptor[]
  outputs: PortDescriptor[]
  params: ParamDescriptor[]
}

export function describeNode(definition: NodeDefinition): NodeDescriptor {
  return {
    type: definition.type,
    version: definition.version,
    title: definition.title,
    description: definition.description,
    category: definition.category,
    aliases: definition.aliases ?? [],
    phase: definition.phase ?? null,
    terminal: definition.terminal ?? false,
    converter: definition.converter ?? false,
    transparent: definition.transparent ?? false,
    ...(definition.retimes ? { retimes: true } : {}),
    ...(definition.fitsSound ? { fitsSound: true } : {}),
    passThrough: definition.passThrough ?? {},
    inputs: Object.entries(definition.inputs).map(([name, port]) => ({ name, ...port })),
    outputs: Object.entries(definition.outputs).map(([name, port]) => ({ name, ...port })),
    params: paramDescriptors(definition.params),
  }
}

/** Every key of `ParamMeta`: what is not JSON Schema of the value. */
const META = {
  widget: true,
  accept: true,
  several: true,
  title: true,
  unit: true,
  advanced: true,
  step: true,
  offset: true,
  secondsAt: true,
  heightParam: true,
  choiceTitles: true,
  availability: true,
} satisfies Record<keyof ParamMeta, true>

function paramDescriptors(params: z.ZodObject): ParamDescriptor[] {
  const schema = z.toJSONSchema(params, { io: 'input', unrepresentable: 'any' })
  const properties = (schema.properties ?? {}) as Record<string, Record<string, unknown>>
  return Object.entries(properties).map(([name, property]) => {
    const { description, default: fallback, ...all } = property
    const meta = Object.fromEntries(Object.entries(all).filter(([key]) => key in META)) as ParamMeta
    const rest = Object.fromEntries(Object.entries(all).filter(([key]) => !(key in META)))
    const port = portTypeOfParam(rest, meta.widget)
    return {
      name,
      ...(port === null ? {} : { port }),
      description: typeof description === 'string' ? description : '',
      default: fallback ?? null,
      schema: rest,
      ...meta,
    }
  })
}

/** The known node types, by type name. */
export type Registry = ReadonlyMap<string, NodeDefinition>

/** @throws {Error} when two nodes share a type. */
export function createRegistry(definitions: readonly NodeDefinition[]): Registry {
  const registry = new Map<string, NodeDefinition>()
  for (const definition of definitions) {
    if (registry.has(definition.type)) throw new Error(`Two nodes are called ${definition.type}`)
    registry.set(definition.type, definition)
  }
  return registry
}
