import { parseWorkflow, serializeWorkflow, type Workflow } from '@beatloom/core'
import { strFromU8, strToU8, unzip, zip } from 'fflate'
import { fileUrl, uploadAsset } from '../../api/client.ts'
import { textNow } from '../../i18n/index.ts'
import { shownText } from '../../ui/shown-text.ts'

/** A workflow together with its pictures and sounds: a zip with `workflow.json`, and `media/<sha256>/<name>` beside. */

const WORKFLOW_NAME = 'workflow.json'
const MEDIA = /^media\/([0-9a-f]{64})\/([^/]+)$/
const MOST_FILES = 500
const MOST_BYTES = 2 * 2 ** 30

/** @param references files of the server, `assets/<sha256>/<name>`. */
export async function makeBundle(workflow: Workflow, references: readonly string[]): Promise<Blob> {
  const files: Record<string, Uint8Array> = { [WORKFLOW_NAME]: strToU8(serializeWorkflow(workflow)) }
  for (const reference of references) {
    const [, sha256, name] = reference.split('/')
    const answer = await fetch(fileUrl(reference))
    if (!answer.ok) throw new Error(textNow()('share.mediaGone', { name: name ?? reference }))
    files[`media/${sha256}/${name}`] = new Uint8Array(await answer.arrayBuffer())
  }
  return new Promise((resolve, reject) => {
    // Media are compressed already.
    zip(files, { level: 0 }, (error, bytes) => (error ? reject(error) : resolve(new Blob([new Uint8Array(bytes)]))))
  })
}

/** Brings a bundle's media to the server and returns its workflow's text. Files are known by their content. */
export async function openBundle(file: File): Promise<string> {
  const entries = await unzipped(new Uint8Array(await file.arrayBuffer())).catch(
    () => ({}) as Record<string, Uint8Array>,
  )
  const text = entries[WORKFLOW_NAME]
  if (!text) throw new Error(textNow()('open.notWorkflow', { name: shownText(file.name, 80) }))
  const brought = new Map<string, string>()
  for (const [path, content] of Object.entries(entries)) {
    const [, sha256, name] = MEDIA.exec(path) ?? []
    if (!sha256 || !name) continue
    const { reference } = await uploadAsset(new File([new Uint8Array(content)], name))
    brought.set(sha256, reference)
  }
  return serializeWorkflow(withReferences(parseWorkflow(strFromU8(text)), brought))
}

function unzipped(bytes: Uint8Array): Promise<Record<string, Uint8Array>> {
  let count = 0
  let size = 0
  const filter = ({ name, originalSize }: { name: string; originalSize: number }): boolean => {
    if (name !== WORKFLOW_NAME && !MEDIA.test(name)) return false
    count++
    size += originalSize
    return count <= MOST_FILES && size <= MOST_BYTES
  }
  return new Promise((resolve, reject) => {
    unzip(bytes, { filter }, (error, files) => (error ? reject(error) : resolve(files)))
  })
}

/** Results that were used as inputs come back as assets, and a server may have tidied a name. */
function withReferences(workflow: Workflow, brought: ReadonlyMap<string, string>): Workflow {
  for (const node of Object.values(workflow.nodes)) {
    for (const [param, value] of Object.entries(node.params)) {
      const sha256 = typeof value === 'string' ? /^(?:assets|artifacts)\/([0-9a-f]{64})\//.exec(value)?.[1] : undefined
      const reference = sha256 && brought.get(sha256)
      if (reference) node.params[param] = reference
    }
  }
  return workflow
}
