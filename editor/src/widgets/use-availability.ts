import type { ParamMeta } from '@beatloom/core'
import { useQuery } from '@tanstack/react-query'
import { listProviders } from '../api/client.ts'
import { useText } from '../i18n/index.ts'

const NOTHING: Record<string, string> = {}

/** Why choices cannot be had on this machine, by choice. */
export function useAvailability(kind: ParamMeta['availability']): Record<string, string> {
  const t = useText()
  const { data } = useQuery({
    queryKey: ['providers'],
    queryFn: listProviders,
    enabled: kind === 'providers',
    staleTime: Number.POSITIVE_INFINITY,
  })
  if (!data) return NOTHING
  return Object.fromEntries(
    data
      .filter((provider) => !provider.available)
      .map(({ provider, reason }) => [provider, reason ?? t('choice.notHere')]),
  )
}
