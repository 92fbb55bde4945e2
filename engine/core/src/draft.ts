import type { Findings } from './findings.ts'
import type { Links } from './graph.ts'
import type { NodeDefinition, Registry } from './node-definition.ts'
import type { Workflow } from './workflow.ts'

/** A workflow while it is being checked: what is known of its nodes so far. */
export interface Draft {
  /** A copy whose `nodes` record may be written to. */
  workflow: Workflow
  registry: Registry
  findings: Findings
  /** Known node types, by node id. */
  definitions: Map<string, NodeDefinition>
  /** Parsed params, where they are valid. */
  params: Map<string, Record<string, unknown>>
  /** Of every node; bypassed sources already replaced. */
  links: Map<string, Links>
}
