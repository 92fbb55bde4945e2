import type { Workflow } from '@beatloom/core'
import type { Descriptors } from '../document/link-rules.ts'
import { widgetOf } from '../widgets/widget.ts'
import { type NeededModel, readNeed } from './needed-model.ts'

/** A place of a workflow that names a model. */
export interface ModelUse {
  node: string
  /** Null where the node is of a type that is not installed, so that nobody knows which value is the model's name. */
  param: string | null
}

export interface MissingModel {
  need: NeededModel
  uses: ModelUse[]
}

/**
 * The models that nodes name, with where. A node of an unknown type counts as naming a model where one of its values is
 * the name of a model that the file lists.
 */
export function modelUses(workflow: Workflow, descriptors: Descriptors): Map<string, ModelUse[]> {
  const uses = new Map<string, ModelUse[]>()
  const add = (name: unknown, use: ModelUse) => {
    if (typeof name !== 'string' || name === '') return
    const list = uses.get(name)
    if (list) list.push(use)
    else uses.set(name, [use])
  }
  for (const [node, { type, params, links }] of Object.entries(workflow.nodes)) {
    const descriptor = descriptors.get(type)
    for (const param of descriptor?.params ?? []) {
      // What comes over a link is known when it runs.
      if (widgetOf(param) !== 'model' || links[param.name]) continue
      add(params[param.name] ?? param.default, { node, param: param.name })
    }
    if (descriptor) continue
    const named = new Set(Object.values(params).filter((value) => typeof value === 'string'))
    for (const name of named) if (Object.hasOwn(workflow.needs.models, name)) add(name, { node, param: null })
  }
  return uses
}

/**
 * The models that the workflow needs and that are not installed: those that nodes name, then those that the file lists
 * without any node saying so.
 * @param opened the workflow as its file has it: what the file lists for a node that names another model by now is no
 * longer needed.
 */
export function missingModels(
  workflow: Workflow,
  descriptors: Descriptors,
  installed: ReadonlySet<string>,
  opened: Workflow = workflow,
): MissingModel[] {
  const uses = modelUses(workflow, descriptors)
  const listed = Object.keys(workflow.needs.models)
  if (listed.some((name) => !uses.has(name))) {
    const before = modelUses(opened, descriptors)
    for (const name of listed) if (!uses.has(name) && !before.has(name)) uses.set(name, [])
  }
  return [...uses]
    .filter(([name]) => !installed.has(name))
    .map(([name, places]) => ({ need: readNeed(name, entryOf(workflow, name)), uses: places }))
}

/** The models that such sentences of the server are about: each quotes its name, and a node may name others that are here. */
export function missingNames(
  workflow: Workflow,
  descriptors: Descriptors,
  said: readonly { node?: string | undefined; message: string }[],
): string[] {
  return [...modelUses(workflow, descriptors)]
    .filter(([name, uses]) =>
      uses.some((use) => said.some(({ node, message }) => node === use.node && message.includes(`"${name}"`))),
    )
    .map(([name]) => name)
}

const entryOf = ({ needs }: Workflow, name: string): unknown =>
  Object.hasOwn(needs.models, name) ? needs.models[name] : undefined
