import type { ModelSummary } from '../../api/types.ts'
import { documentStore } from '../../document/document-store.ts'
import { setParam } from '../../document/edits.ts'
import { textNow } from '../../i18n/index.ts'
import { missingNames } from '../../models/missing-models.ts'
import { openModels } from '../../models/models-dialog.ts'
import { wishFor } from '../../models/use-missing-models.ts'
import { queryClient } from '../../shell/query-client.ts'
import { catalogStore } from '../../view/catalog-store.ts'
import { type Fix, MOST_FIXES } from './fix.ts'

/** Opens the file dialog of the node's own widget, so that the choice lands where it belongs. */
export function chooseFile(node: string, param: string): Fix {
  return {
    label: textNow()('fix.chooseFile'),
    apply() {
      const row = `.react-flow__node[data-id="${CSS.escape(node)}"] [data-param="${CSS.escape(param)}"]`
      document.querySelector<HTMLInputElement>(`${row} input[type=file]`)?.click()
    },
  }
}

/** Leads to where the model that the problem names can be added. */
export function addMissingModel({ node, message }: { node?: string; message: string }): Fix[] {
  const { workflow } = documentStore.getState()
  const { descriptors } = catalogStore.getState()
  return missingNames(workflow, descriptors, [{ node, message }]).map((name) => ({
    label: textNow()('command.addModel'),
    apply: () => openModels('add', wishFor(name)),
  }))
}

/** Installed models to take instead: those the problem names, or all that are known here. */
export function otherModels(node: string, param: string, valid: readonly string[]): Fix[] {
  const models = queryClient.getQueryData<ModelSummary[]>(['models']) ?? []
  const now = documentStore.getState().workflow.nodes[node]?.params[param]
  const names = (valid.length > 0 ? valid : models.map((model) => model.name)).filter((name) => name !== now)
  return names.slice(0, MOST_FIXES).map((name) => ({
    label: textNow()('fix.useModel', { name: models.find((model) => model.name === name)?.title ?? name }),
    apply: () => documentStore.getState().edit(setParam(node, param, name)),
  }))
}
