import type { ShotClip } from '@beatloom/core'
import { useMemo } from 'react'
import { thumbnailUrl } from '../api/client.ts'
import { useDocument } from '../document/document-store.ts'
import { allLinks, linksOf } from '../document/edits.ts'
import { addressOf } from '../previews/file-address.ts'
import { useRun } from '../run/run-store.ts'
import { useDescriptors } from '../view/catalog-store.ts'
import { sourcePictures } from '../widgets/use-source-picture.ts'

/** Addresses of the pictures that shots may take, in their order; null where one is not known. */
export function useShotPictures(node: string): readonly (string | null)[] {
  const workflow = useDocument((state) => state.workflow)
  const descriptors = useDescriptors()
  return useMemo(() => {
    const here = workflow.nodes[node]
    const input = descriptors.get(here?.type ?? '')?.inputs.find(({ type }) => type === 'IMAGE')
    return linksOf(here?.links[input?.name ?? '']).flatMap((link) => {
      const references = sourcePictures(workflow, descriptors, link.node)
      return references.length === 0 ? [null] : references.map(thumbnailUrl)
    })
  }, [workflow, descriptors, node])
}

/** What was last made of a plan by the nodes that follow it, by when each shot starts and ends. */
export function useShotClips(node: string): readonly ShotClip[] {
  const workflow = useDocument((state) => state.workflow)
  const displays = useRun((state) => state.displays)
  return useMemo(() => {
    const links = allLinks(workflow)
    const after = new Set([node])
    for (const id of after) for (const { from, to } of links) if (from.node === id) after.add(to.node)
    return [...after].flatMap((id) =>
      (displays[id] ?? []).flatMap((item) => (item.kind === 'shot-clips' ? item.clips : [])),
    )
  }, [workflow, displays, node])
}

/** The picture of a finished shot, as long as its times are what they were. */
export function thumbOf(clips: readonly ShotClip[], from: number, to: number): string | null {
  const clip = clips.find(
    ({ startSeconds, endSeconds }) => Math.abs(startSeconds - from) < 5e-3 && Math.abs(endSeconds - to) < 5e-3,
  )
  return clip?.thumb ? addressOf(clip.thumb) : null
}
