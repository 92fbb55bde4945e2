import type { ListedAsset } from '../../api/types.ts'

/** What a drag from the assets panel carries; other programs see the name. */
const TYPE = 'application/x-beatloom-asset'

export type CarriedAsset = Pick<ListedAsset, 'reference' | 'kind' | 'name'>

export const carriesAsset = (transfer: DataTransfer): boolean => transfer.types.includes(TYPE)

export function carryAsset(transfer: DataTransfer, { reference, kind, name }: CarriedAsset): void {
  transfer.setData(TYPE, JSON.stringify({ reference, kind, name }))
  transfer.setData('text/plain', name)
  transfer.effectAllowed = 'copy'
}

export function carriedAsset(transfer: DataTransfer): CarriedAsset | null {
  try {
    const { reference, kind, name } = JSON.parse(transfer.getData(TYPE)) as Partial<CarriedAsset>
    return reference && kind && name ? { reference, kind, name } : null
  } catch {
    return null
  }
}
