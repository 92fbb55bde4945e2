import type { Display } from '@beatloom/core'
import { useQueries, useQuery } from '@tanstack/react-query'
import { getRunEvents, searchRuns } from '../api/client.ts'
import type { PublicFile } from '../api/types.ts'
import { localeOf } from '../i18n/format.ts'
import { useRun } from '../run/run-store.ts'
import { useView } from '../view/view-store.ts'

type ImageDisplay = Extract<Display, { kind: 'image' }>

const MOST_RUNS = 12

export interface OtherImage {
  run: string
  title: string
  when: string
  src: string
}

/** The same picture of the same node in earlier runs, newest first; those that showed the very same one are left out. */
export function useOtherImages(node: string, index: number, src: string): OtherImage[] {
  const current = useRun((state) => state.run?.id)
  const language = useView((state) => state.language)
  const { data: runs = [] } = useQuery({
    queryKey: ['runs', 'compare'],
    queryFn: () => searchRuns({ limit: 50 }).then((page) => page.runs),
    staleTime: 5000,
  })
  const candidates = runs.filter((run) => run.state === 'done' && run.id !== current).slice(0, MOST_RUNS)
  const answers = useQueries({
    queries: candidates.map((run) => ({
      queryKey: ['run-displays', run.id],
      queryFn: () => getRunEvents(run.id),
      staleTime: Number.POSITIVE_INFINITY,
    })),
  })
  const date = new Intl.DateTimeFormat(localeOf(language), { dateStyle: 'medium', timeStyle: 'medium' })
  return candidates.flatMap((run, at): OtherImage[] => {
    const shown = answers[at]?.data?.findLast((event) => event.type === 'node.display' && event.node === node)
    if (shown?.type !== 'node.display') return []
    const isImage = (item: Display | undefined): item is ImageDisplay => item?.kind === 'image'
    const item = [shown.items[index], ...shown.items].find(isImage)
    if (!item) return []
    const address = ((item.full ?? item.file) as unknown as PublicFile).url
    if (address === src) return []
    return [
      { run: run.id, title: run.title, when: date.format(new Date(run.finishedAt ?? run.createdAt)), src: address },
    ]
  })
}
