import type { Links } from './graph.ts'
import type { RunHost } from './host.ts'
import type { Issue } from './issues.ts'
import type { NodeDefinition, Registry } from './node-definition.ts'
import type { PortType } from './ports.ts'
import type { ValueFacts } from './value-facts.ts'
import type { Workflow } from './workflow.ts'

/** What a cache key is made of, kept so that a later plan can say what changed. */
export interface KeyParts {
  type: string
  version: number
  /** Canonical JSON by param name. */
  params: Record<string, string>
  /** Content hash by file param. */
  files: Record<string, string>
  models: string[]
  /** Source node, port and the source's key, by input name. */
  inputs: Record<string, { node: string; port: string; key: string }[]>
}

export interface PreparedNode {
  id: string
  definition: NodeDefinition
  /** Parsed, defaults filled in. */
  params: Record<string, unknown>
  /** Bypassed nodes already taken out. */
  links: Links
  key: string
  parts: KeyParts
  /** Prefixes under which a link's node id is looked up, own sub-graph first; the outermost is empty. */
  scope: readonly string[]
  /** The node of the workflow that it is a copy of, in a loop. */
  origin?: string
  /** It does not run: this is its one output. */
  given?: { list: boolean; items: unknown[] }
}

/** A workflow checked and ready to run. */
export interface PreparedRun {
  /** The file as it runs: inputs applied. */
  workflow: Workflow
  registry: Registry
  /** Every node that a wanted one needs, sources first. */
  nodes: Map<string, PreparedNode>
  /** Declared outputs that were asked for. */
  outputs: { name: string; node: string; port: string; type: PortType }[]
  /** Nodes to compute: those of the outputs, and terminal nodes. */
  wanted: string[]
  warnings: Issue[]
  /** SHA-256 by file reference. */
  files: Record<string, string>
}

export interface PrepareOptions {
  registry: Registry
  host: Pick<RunHost, 'hash' | 'files' | 'models'>
  /** What is known of a file by looking at it; without this, nothing is known of files. */
  fileFacts?: (reference: string) => Promise<ValueFacts | null>
  /** Values for the declared inputs, by name. */
  inputs?: Record<string, unknown>
  /** Names of declared outputs wanted; all of them and every terminal node when left out. */
  outputs?: string[]
  /** Run to these nodes instead of to outputs. */
  nodes?: string[]
}
