import type { Draft } from './draft.ts'
import { AppError, reasonOf } from './errors.ts'
import { fileParams, referencesIn } from './file-params.ts'
import type { RunHost } from './host.ts'
import type { IssueCode } from './issues.ts'

type Outside = Pick<RunHost, 'files' | 'models'>

/** Hashes of the files and models that the needed nodes name. */
export async function resolveOutside(
  draft: Draft,
  host: Outside,
  needed: Set<string>,
): Promise<{ files: Map<string, string>; models: Map<string, string[]> }> {
  const files = new Map<string, string>()
  const models = new Map<string, string[]>()
  for (const id of needed) {
    const definition = draft.definitions.get(id)
    const params = draft.params.get(id)
    if (!definition || !params) continue
    for (const param of fileParams(definition)) {
      const references = [...new Set(referencesIn(params[param]))]
      if (references.length === 0) noFile(draft, id, param)
      for (const reference of references) {
        if (!files.has(reference)) await resolveFile(draft, host, id, param, reference, files)
      }
    }
    const names = definition.modelsUsed?.(params)
    if (names) models.set(id, await fingerprints(draft, host, id, names))
  }
  return { files, models }
}

function noFile(draft: Draft, id: string, param: string): void {
  draft.findings.add({
    code: 'file_missing',
    message: `${draft.findings.nameOfParam(id, param)}: no file is chosen.`,
    node: id,
    param,
  })
}

async function resolveFile(
  draft: Draft,
  host: Outside,
  id: string,
  param: string,
  reference: string,
  files: Map<string, string>,
): Promise<void> {
  try {
    files.set(reference, (await host.files.resolve(reference)).sha256)
  } catch (error) {
    const code: IssueCode = error instanceof AppError && error.code === 'path_refused' ? 'file_refused' : 'file_missing'
    draft.findings.add({
      code,
      message: `${draft.findings.nameOfParam(id, param)}: ${reasonOf(error)}`,
      node: id,
      param,
    })
  }
}

async function fingerprints(draft: Draft, host: Outside, id: string, names: string[]): Promise<string[]> {
  const prints: string[] = []
  for (const name of names) {
    try {
      prints.push(await host.models.fingerprint(name))
    } catch (error) {
      draft.findings.add({ code: 'model_missing', message: `Node "${id}": ${reasonOf(error)}`, node: id })
    }
  }
  return prints
}
