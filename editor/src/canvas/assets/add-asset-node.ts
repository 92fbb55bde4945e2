import type { Point } from '../../document/edits.ts'
import { textNow } from '../../i18n/index.ts'
import { toast } from '../../view/view-store.ts'
import { addMediaNode } from '../actions.ts'
import type { CarriedAsset } from './asset-drag.ts'

/** Puts a node that loads the asset at the place; says so where no node type loads such files. */
export function addAssetNode({ reference, kind, name }: CarriedAsset, at: Point): void {
  if (!addMediaNode(reference, kind, at)) toast(textNow()('drop.noNode', { name }), 'error')
}
