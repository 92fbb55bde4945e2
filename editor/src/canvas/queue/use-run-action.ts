import { useMutation } from '@tanstack/react-query'
import { queryClient } from '../../shell/query-client.ts'
import { toast } from '../../view/view-store.ts'

/** Does something to runs on the server; then every list of runs is asked for anew. What fails is said. */
export function useRunAction(): (work: () => Promise<unknown>) => void {
  const { mutate } = useMutation({
    mutationFn: (work: () => Promise<unknown>) => work(),
    onError: (error) => toast(error.message, 'error'),
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['runs'] }),
  })
  return mutate
}
