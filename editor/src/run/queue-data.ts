import { useQuery } from '@tanstack/react-query'
import { getQueue } from '../api/client.ts'
import type { QueueState } from '../api/types.ts'

/** Everything under `runs` is asked for anew when a run is queued, starts or ends. */
export const QUEUE_KEY = ['runs', 'queue'] as const

const useQueueQuery = <T>(select: (queue: QueueState) => T) =>
  useQuery({ queryKey: QUEUE_KEY, queryFn: getQueue, select })

export const useQueue = () => useQueueQuery((queue) => queue)

/** How many runs are before this one, counting the one under way; 0 or null when it does not wait. */
export function useQueuePlace(run: string): number | null {
  const place = useQueueQuery(({ queued, running }) => {
    const index = queued.findIndex((item) => item.id === run)
    return index < 0 ? null : index + (running ? 1 : 0)
  })
  return place.data ?? null
}
