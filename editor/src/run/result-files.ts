import type { Display, FileHandle, NodeDescriptor, Workflow } from '@beatloom/core'
import type { PublicFile, PublicOutput } from '../api/types.ts'
import type { RunView } from './run-view.ts'

/**
 * The files to look at after a run: those of the declared outputs. A graph that declares none, as one built from
 * nothing does at first, has its results where it ends: they are the pictures and videos that its last nodes show.
 */
export function resultFiles(
  run: Pick<RunView, 'state' | 'outputs' | 'displays'> | null,
  workflow: Workflow | null,
  descriptors: ReadonlyMap<string, NodeDescriptor>,
): PublicOutput[] {
  if (run?.state !== 'done' || !workflow) return []
  if (Object.keys(workflow.outputs).length > 0) return run.outputs.filter(({ file }) => file)
  return Object.entries(workflow.nodes).flatMap(([id, { type }]) =>
    descriptors.get(type)?.terminal ? (run.displays[id] ?? []).flatMap((item) => outputOf(id, item)) : [],
  )
}

function outputOf(node: string, item: Display): PublicOutput[] {
  if (item.kind === 'video') return [{ name: node, type: 'VIDEO', file: publicFile(item.file), mime: 'video/mp4' }]
  if (item.kind !== 'image') return []
  const file = publicFile(item.full ?? item.file)
  return [{ name: node, type: 'IMAGE', file, mime: file.name.endsWith('.png') ? 'image/png' : 'image/jpeg' }]
}

/** On the wire a file is an address, never a path of the server's machine. */
const publicFile = (file: FileHandle): PublicFile => file as unknown as PublicFile
