import { curvesWords } from './curves.ts'
import { framesWords } from './frames.ts'
import { modelsWords } from './models.ts'
import type { NodeWords } from './node-words.ts'
import { picturesWords } from './pictures.ts'
import { shotsWords } from './shots.ts'
import { soundWords } from './sound.ts'
import { valuesWords } from './values.ts'

export { zhCategories, zhGallery, zhInputs, zhLabels } from './gallery.ts'
export type { NodeWords } from './node-words.ts'

/** Every node type's words in Simplified Chinese. */
export const zhNodes: Record<string, NodeWords> = {
  ...picturesWords,
  ...soundWords,
  ...curvesWords,
  ...framesWords,
  ...shotsWords,
  ...modelsWords,
  ...valuesWords,
}
