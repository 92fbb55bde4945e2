import { serializeWorkflow, type Workflow } from '@beatloom/core'
import { fileUrl, shareLink, shareMedia } from '../../api/client.ts'
import type { PublicOutput } from '../../api/types.ts'
import type { Descriptors } from '../../document/link-rules.ts'
import { leavingItems, mediaOf, type SharePart, withoutParts } from '../../document/share-parts.ts'
import { fileNameOf } from './save-file.ts'

/** The ways in which work leaves. */
export const SHARE_WAYS = ['file', 'text', 'bundle', 'result', 'link'] as const
export type ShareWay = (typeof SHARE_WAYS)[number]

/** The switches of one way: what goes along. */
export type ShareSwitch = SharePart | 'media' | 'inside'
export type Switches = Record<ShareSwitch, boolean>

/** A link may travel further than its sender thinks, so it starts without personal data. */
export const defaultSwitches = (way: ShareWay): Switches =>
  way === 'link'
    ? { texts: false, names: false, paths: false, media: false, inside: true }
    : { texts: true, names: true, paths: true, media: true, inside: true }

/** The workflow as it would leave. */
export function leavingWorkflow(workflow: Workflow, descriptors: Descriptors, switches: Switches): Workflow {
  const gone = (['texts', 'names', 'paths'] as const).filter((part) => !switches[part])
  return withoutParts(workflow, descriptors, new Set(gone))
}

export interface Leaving extends Record<SharePart, { where: string; text: string }[]> {
  /** References of the files that a bundle takes along. */
  media: string[]
}

export const whatLeaves = (workflow: Workflow, descriptors: Descriptors): Leaving => ({
  ...leavingItems(workflow, descriptors),
  media: mediaOf(workflow, descriptors),
})

/** Videos and pictures of a run that carry its workflow. */
export const carriersOf = (outputs: readonly PublicOutput[]): PublicOutput[] =>
  outputs.filter((output) => output.file?.url && /\.(mp4|png)$/i.test(output.file.name))

export function saveShared(workflow: Workflow): void {
  handOver(new Blob([serializeWorkflow(workflow)], { type: 'application/json' }), fileNameOf(workflow.title))
}

export const copyShared = (workflow: Workflow): Promise<void> =>
  navigator.clipboard.writeText(serializeWorkflow(workflow))

export async function saveBundle(workflow: Workflow, media: readonly string[]): Promise<void> {
  const { makeBundle } = await import('./bundle.ts')
  handOver(await makeBundle(workflow, media), fileNameOf(workflow.title).replace(/\.json$/, '.zip'))
}

/** The server writes the copy; it comes as a download of its own, however long the video is. */
export async function saveResult(output: PublicOutput, workflow: Workflow | null): Promise<void> {
  const reference = decodeURIComponent(output.file!.url.replace(/^.*\/files\//, ''))
  const shared = await shareMedia(reference, workflow)
  download(fileUrl(shared.reference), shared.name)
}

export const makeLink = async (workflow: Workflow): Promise<string> => (await shareLink(workflow)).url

const KEPT_MS = 60_000

function handOver(content: Blob, name: string): void {
  const address = URL.createObjectURL(content)
  download(address, name)
  setTimeout(() => URL.revokeObjectURL(address), KEPT_MS)
}

function download(address: string, name: string): void {
  const anchor = document.createElement('a')
  anchor.href = address
  anchor.download = name
  anchor.click()
}
